extension ErrorIngestClient {
    /// What a client needs to know. Checked by `ErrorIngestClient.init`.
    public struct Configuration: Sendable {
        /// Where ErrorIngest is: `http://host[:port]` or `https://…`, with a path before the service's own if there is one.
        public var url: String
        /// The service's `INGEST_TOKEN`, if it wants one; sent as a Bearer token.
        public var token: String?
        /// In every report: the program, such as `checkout`. At most 255 characters, as the next three.
        public var service: String?
        /// In every report: such as `production`.
        public var environment: String?
        /// In every report: the version that runs.
        public var release: String?
        /// In every report: projects never share an error.
        public var project: String?
        /// Reports that may wait or be under way, 1 … 1,000,000. A report beyond that is dropped, and counted as such.
        public var queueRecords = 1_000
        /// Bytes of reports that may wait or be under way, from 64 KiB to 1 GiB. The same.
        public var queueBytes = 4 * 1024 * 1024
        /// Reports in one request, 1 … 1,000. That many are sent at once, without waiting for `flushInterval`.
        public var batchRecords = 100
        /// Bytes of one request, from 1 KiB to 16 MiB; a report larger than that goes alone. No more than the service's
        /// `MAX_BODY_BYTES`: requests over it are halved and sent again.
        public var batchBytes = 1024 * 1024
        /// How long a report waits for others to go with it, up to a minute.
        public var flushInterval = Duration.seconds(1)
        /// The time limit of one request, connecting included, from 100 ms to 5 minutes.
        public var requestTimeout = Duration.seconds(10)
        /// The longest wait between two attempts, beside what the service asks for (`Retry-After`, at most 300 s), from 100 ms to
        /// an hour.
        public var retryLimit = Duration.seconds(60)
        /// How long a graceful shutdown may go on sending what waits, up to 5 minutes; the rest is dropped.
        public var shutdownTimeout = Duration.seconds(5)
        /// Told what goes wrong, on whichever thread finds out, that of a caller of `report` included. Must return quickly.
        /// Reports made inside of it are ignored, so it may log.
        public var observer: (@Sendable (Event) -> Void)?

        public init(
            url: String,
            token: String? = nil,
            service: String? = nil,
            environment: String? = nil,
            release: String? = nil,
            project: String? = nil
        ) {
            self.url = url
            self.token = token
            self.service = service
            self.environment = environment
            self.release = release
            self.project = project
        }
    }
}

extension ErrorIngestClient.Configuration {
    /// The URL batches are sent to.
    var batchURL: String {
        var base = url[...]
        while base.last == "/" { base = base.dropLast() }
        return base + "/errors/batch"
    }

    /// - Throws: `invalidConfiguration` naming the first field that breaks its rule.
    func check() throws(ErrorIngestClientError) {
        try checkURL()
        if let token {
            let isSendable = !token.isEmpty && token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            guard isSendable else { throw .invalid("token", "must be ASCII without blanks, and not empty") }
        }
        try check("queueRecords", queueRecords, in: 1...1_000_000)
        try check("queueBytes", queueBytes, in: 64 * 1024...1024 * 1024 * 1024)
        try check("batchRecords", batchRecords, in: 1...1_000)
        try check("batchBytes", batchBytes, in: 1024...16 * 1024 * 1024)
        try check("flushInterval", flushInterval, in: .zero ... .seconds(60))
        try check("requestTimeout", requestTimeout, in: .milliseconds(100) ... .seconds(300))
        try check("retryLimit", retryLimit, in: .milliseconds(100) ... .seconds(3600))
        try check("shutdownTimeout", shutdownTimeout, in: .zero ... .seconds(300))
    }

    private func check<Value: Comparable>(
        _ field: String, _ value: Value, in range: ClosedRange<Value>
    ) throws(ErrorIngestClientError) {
        guard range.contains(value) else {
            throw .invalid(field, "must be between \(range.lowerBound) and \(range.upperBound), and is \(value)")
        }
    }

    private func checkURL() throws(ErrorIngestClientError) {
        let lowercase = url.lowercased()
        guard let scheme = ["http://", "https://"].first(where: { lowercase.hasPrefix($0) }) else {
            throw .invalid("url", "must start with http:// or https://")
        }
        let rest = url.dropFirst(scheme.count)
        // Credentials in a URL end up in messages; a query or fragment has no place before the service's own path.
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !rest.contains(where: { "@?#\\\"".contains($0) }) else {
            throw .invalid("url", "must be ASCII without blanks, user, query or fragment")
        }
        let authority = rest.prefix { $0 != "/" }
        // An IPv6 address has its colons in brackets.
        let isBracketed = authority.hasPrefix("[")
        let host = isBracketed ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        guard !host.isEmpty, !isBracketed || authority.contains("]") else { throw .invalid("url", "must name a host") }
        let afterHost = authority.dropFirst(host.count + (isBracketed ? 2 : 0))
        guard afterHost.isEmpty || (afterHost.first == ":" && UInt16(afterHost.dropFirst()) != nil) else {
            throw .invalid("url", "must have a port between 0 and 65535, or none")
        }
    }
}
