namespace Eco2Test.Generators.Wrapping;

/// <summary>Why a method, or one call of it, is not wrapped. The generator leaves it alone for the reason that the analyzers give.</summary>
internal enum Obstacle
{
    /// <summary>Nothing stands in the way.</summary>
    None,

    // Of the method, wherever it is called:

    /// <summary>A local function, lambda, constructor, accessor, operator or finalizer.</summary>
    NoOrdinaryMethod,

    /// <summary>A test: its framework calls it, and the hook tracks it.</summary>
    Test,

    /// <summary><c>async void</c>.</summary>
    AsyncVoid,

    /// <summary><c>extern</c>, or <c>[LibraryImport]</c>.</summary>
    Extern,

    /// <summary>A static abstract or static virtual member of an interface.</summary>
    StaticAbstract,

    /// <summary>Implements an interface explicitly, so no call names it.</summary>
    ExplicitImplementation,

    /// <summary>A member of an extension block.</summary>
    ExtensionBlock,

    /// <summary>Its class is private, file-local or otherwise out of sight for generated code.</summary>
    HiddenClass,

    /// <summary>A type of its signature is out of sight for generated code.</summary>
    HiddenSignature,

    /// <summary>Private or protected, and generic or in a generic class.</summary>
    HiddenGeneric,

    /// <summary>Private, in a static class or an interface, or private in a <c>ref struct</c>.</summary>
    HiddenWithoutAccessor,

    /// <summary>What it returns may refer to a parameter marked <c>[UnscopedRef]</c>.</summary>
    UnscopedReference,

    /// <summary>Takes <c>__arglist</c>.</summary>
    VariableArguments,

    /// <summary>Returns something to await that is neither a task nor a <c>ValueTask</c>.</summary>
    UnknownAwaitable,

    // Of one call:

    /// <summary><c>base.M()</c>.</summary>
    BaseCall,

    /// <summary>In the body of the method itself.</summary>
    InsideItself,

    /// <summary>An argument or the receiver is <c>dynamic</c>.</summary>
    Dynamic,

    /// <summary>In an expression tree.</summary>
    ExpressionTree,

    /// <summary>The receiver's type is a type parameter.</summary>
    GenericReceiver,

    /// <summary>Made a delegate or a function pointer instead of being called.</summary>
    MethodGroup,

    /// <summary>The compiler gives the call no location.</summary>
    NoLocation,
}
