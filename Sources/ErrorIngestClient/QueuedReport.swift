/// A report as it waits: encoded once, when it was made.
package struct QueuedReport: Sendable, Hashable {
    /// What a record costs beside its text, about.
    private static let overheadBytes = 64

    /// One JSON object without line breaks.
    package let json: [UInt8]

    package init(json: [UInt8]) {
        self.json = json
    }

    /// What it takes of the queue's bytes.
    package var cost: Int { json.count + Self.overheadBytes }
}
