namespace Eco2Test.Generators.Wrapping;

/// <summary>What is said to people about an obstacle: both texts go on after a comma or semicolon and have no full stop.</summary>
internal static class ObstacleText
{
    private const string ExactForm = "make it partial with its body in a method named …Core";
    private const string ExactOrWider = ExactForm + ", or make it internal";

    /// <summary>Why, such as <c>a base call cannot be redirected: it would call itself for ever</c>.</summary>
    public static string Reason(Obstacle obstacle) => obstacle switch
    {
        Obstacle.None => "",
        Obstacle.NoOrdinaryMethod => "only ordinary methods can be wrapped",
        Obstacle.Test => "it is a test, which is tracked where its framework runs it",
        Obstacle.AsyncVoid => "of an 'async void' method nothing tells when it ends",
        Obstacle.Extern => "what measures it would overwrite the error that the native code leaves for Marshal.GetLastPInvokeError",
        Obstacle.StaticAbstract => "a static abstract or virtual member of an interface can only be called through a type parameter",
        Obstacle.ExplicitImplementation => "an explicit implementation is only called through its interface",
        Obstacle.ExtensionBlock => "a member of an extension block has no name that generated code could call",
        Obstacle.HiddenClass => "generated code cannot name the type that it is in, which is private, protected or file-local",
        Obstacle.HiddenSignature => "generated code cannot name a type of its signature, which is private, protected, file-local or of an aliased reference",
        Obstacle.HiddenGeneric => "generated code cannot reach a private or protected method that is generic or in a generic type",
        Obstacle.HiddenWithoutAccessor => "generated code cannot reach a private or protected method of a static class, an interface or a ref struct",
        Obstacle.UnscopedReference => "what it returns may refer to an [UnscopedRef] parameter, which cannot be handed through",
        Obstacle.VariableArguments => "'__arglist' cannot be handed through",
        Obstacle.UnknownAwaitable => "nothing tells when what it returns is completed, which is neither a Task nor a ValueTask",
        Obstacle.BaseCall => "a 'base' call cannot be redirected: it would call itself for ever",
        Obstacle.InsideItself => "it is in the method itself, whose window is open already",
        Obstacle.Dynamic => "a 'dynamic' call is bound when it runs, where it cannot be redirected",
        Obstacle.ExpressionTree => "a call in an expression tree is data, and redirecting it would change the tree",
        Obstacle.GenericReceiver => "a call on a type parameter cannot be redirected without boxing",
        Obstacle.MethodGroup => "a delegate or function pointer calls the method itself, not what is generated for a call",
        Obstacle.NoLocation => "the compiler cannot redirect a call at this place",
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, null),
    };

    /// <summary>What to do; <see langword="null"/> where nothing needs to be done.</summary>
    public static string? Remedy(Obstacle obstacle) => obstacle switch
    {
        Obstacle.None or Obstacle.Test or Obstacle.InsideItself => null,
        Obstacle.NoOrdinaryMethod => "move the work into a method",
        Obstacle.AsyncVoid => "return Task",
        Obstacle.Extern => "put the attribute on a method that calls it",
        Obstacle.StaticAbstract => "put the attribute on the methods that implement it, and call those by their type",
        Obstacle.ExplicitImplementation => "put the attribute on the member of the interface",
        Obstacle.ExtensionBlock => "write it as a classic extension method (static, with 'this')",
        Obstacle.HiddenClass => "make the type internal, or the method partial with its body in a method named …Core",
        Obstacle.HiddenSignature => "make the type internal, or the method partial with its body in a method named …Core",
        Obstacle.HiddenGeneric => ExactOrWider,
        Obstacle.HiddenWithoutAccessor => ExactOrWider,
        Obstacle.UnscopedReference => ExactForm,
        Obstacle.VariableArguments => "use 'params'",
        Obstacle.UnknownAwaitable => "return Task or ValueTask",
        Obstacle.BaseCall => ExactForm,
        Obstacle.Dynamic => "cast to the static type, or " + ExactForm,
        Obstacle.ExpressionTree => ExactForm,
        Obstacle.GenericReceiver => ExactForm,
        Obstacle.MethodGroup => "write a lambda that calls it, or " + ExactForm,
        Obstacle.NoLocation => ExactForm,
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, null),
    };
}
