import TestServers

/// One answer of the service, whole.
struct HTTPAnswer: Sendable {
    var status: Int
    /// Names in lower case, in the order sent.
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    /// The first field of that name, given in lower case.
    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSON {
        get throws { try JSON(body) }
    }
}
