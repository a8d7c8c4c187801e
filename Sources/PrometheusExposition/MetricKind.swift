/// How a metric reads in the exposition, by the words of its `# TYPE` line.
public enum MetricKind: String, Sendable, Hashable {
    case counter
    case gauge
    case histogram
}
