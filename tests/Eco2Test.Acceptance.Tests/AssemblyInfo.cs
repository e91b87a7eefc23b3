// The generated suites measure CPU time, and each would slow down its neighbours.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
