extension ErrorIngestClient {
    /// Queues the report of a Swift error: its type, its description, the place of the call and what caused it. See
    /// `ErrorReport.init(_:level:context:file:function:line:)`. Never blocks, throws or logs.
    public func report(
        _ error: any Error,
        level: ErrorReport.Level = .error,
        context: [String: ContextValue] = [:],
        file: String = #fileID,
        function: String = #function,
        line: UInt = #line
    ) {
        report(ErrorReport(error, level: level, context: context, file: file, function: function, line: line))
    }
}
