/// The result as one line of JSON: `items` are errors or events, `tables` in the order in which they were copied.
struct InsertReport {
    let tableSet: TableSet
    let batch: Int
    let parts: [InsertYardstick.Part]

    var json: String {
        let rows = parts.reduce(0) { $0 + $1.rows }
        let seconds = parts.reduce(0) { $0 + $1.time.inSeconds }
        let items = parts.first?.rows ?? 0
        let tables = parts.map { #"{"table":"\#($0.table)","rows":\#($0.rows),"seconds":\#($0.time.inSeconds)}"# }
        return """
            {"tableSet":"\(tableSet.rawValue)","batchRows":\(batch),"items":\(items),"rows":\(rows),\
            "seconds":\(seconds),"rowsPerSecond":\(Self.rate(rows, seconds)),\
            "itemsPerSecond":\(Self.rate(items, seconds)),\
            "tables":[\(tables.joined(separator: ","))]}
            """
    }

    private static func rate(_ count: Int, _ seconds: Double) -> Double {
        seconds > 0 ? (Double(count) / seconds).rounded() : 0
    }
}

extension Duration {
    fileprivate var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
