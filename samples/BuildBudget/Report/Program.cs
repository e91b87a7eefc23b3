using Scores;

foreach (var review in args)
{
    Console.WriteLine($"{Mood.Of(review),3}  {review}");
}
