import MySQLClient
import TestServers
import Testing

/// `PATCH /errors/{fingerprint}`, `PATCH /errors` and `GET /errors/{fingerprint}/history` over the built program.
@Suite struct StatusTests {
    private static func patch(
        _ service: ServiceUnderTest, _ target: String, _ body: String, headers: [(String, String)] = []
    ) async throws -> HTTPAnswer {
        try await service.send(HTTPRequest("PATCH", target, headers: headers, body: body))
    }

    /// Reports an error, and waits until it is stored.
    private static func known(_ service: ServiceUnderTest, _ word: String, more: String = "") async throws -> String {
        let fingerprint = try await service.report(#"{"message":"status of \#(word)","project":"status"\#(more)}"#)
        _ = try await eventuallyFound(fingerprint, at: service)
        return fingerprint
    }

    private static func status(_ fingerprint: String, at service: ServiceUnderTest) async throws -> String? {
        try await service.get("/errors/\(fingerprint)").json["status"]?.string
    }

    private static func history(_ fingerprint: String, at service: ServiceUnderTest) async throws -> [JSON] {
        try await service.get("/errors/\(fingerprint)/history").json["history"]?.elements ?? []
    }

    @Test func aResolvedErrorRegressesWhenItHappensAgain() async throws {
        let service = try await ContractService.service()
        let fingerprint = try await Self.known(service, "coming back")
        let before = unixMilliseconds()
        let answer = try await Self.patch(service, "/errors/\(fingerprint)", #"{"status":"resolved"}"#)
        #expect(answer.status == 200)
        let shown = try answer.json
        let listed = try await service.get("/errors?project=status&limit=500").json["errors"]?.elements?
            .first { $0["fingerprint"]?.string == fingerprint }
        #expect(shown.keys == listed?.keys)
        #expect(shown["fingerprint"]?.string == fingerprint)
        #expect(shown["status"]?.string == "resolved")
        #expect(shown["resolvedInRelease"] == .null)
        let resolved = try #require(milliseconds(shown["resolvedAt"]?.string))
        #expect(resolved >= before && resolved <= unixMilliseconds())
        // Again: nothing new.
        let again = try await Self.patch(service, "/errors/\(fingerprint)", #"{"status":"resolved"}"#)
        #expect(try again.json["resolvedAt"] == shown["resolvedAt"])
        #expect(try await Self.history(fingerprint, at: service).count == 1)

        _ = try await Self.known(service, "coming back")
        #expect(try await Self.status(fingerprint, at: service) == "regressed")
        try await eventually(within: .seconds(20), description: "the sync notes the regression") {
            try await Self.history(fingerprint, at: service).count == 2
        }
        let history = try await Self.history(fingerprint, at: service)
        #expect(history.map { $0["by"]?.string }.first == "sync")
        #expect(history.map { $0["from"]?.string } == ["resolved", "unresolved"])
        #expect(history.map { $0["to"]?.string } == ["regressed", "resolved"])
        #expect(history.allSatisfy { $0.keys == ["changedAt", "from", "to", "by", "release"] })
        let page = try await service.get("/errors/\(fingerprint)/history?limit=1").json
        let cursor = try #require(page["nextCursor"]?.string)
        let rest = try await service.get("/errors/\(fingerprint)/history?cursor=\(cursor)").json
        #expect(rest["history"]?.elements == [history[1]])
        #expect(rest["nextCursor"] == .null)
    }

    /// Resolved again before the sync has looked: what happened before is settled.
    @Test func resolvingWhatHasJustRegressedLasts() async throws {
        try await Deployment.run(.external, ["SYNC_INTERVAL_SECONDS": "3600"]) { deployment in
            let service = try deployment.front
            let fingerprint = try await Self.known(service, "quick")
            _ = try await Self.patch(service, "/errors/\(fingerprint)", #"{"status":"resolved"}"#)
            _ = try await Self.known(service, "quick")
            #expect(try await Self.status(fingerprint, at: service) == "regressed")
            let answer = try await Self.patch(service, "/errors/\(fingerprint)", #"{"status":"resolved"}"#)
            #expect(try answer.json["status"]?.string == "resolved")
            #expect(try await Self.status(fingerprint, at: service) == "resolved")
            let history = try await Self.history(fingerprint, at: service)
            #expect(history.map { $0["to"]?.string } == ["resolved", "regressed", "resolved"])
            #expect(history.map { $0["by"]?.string == "sync" } == [false, true, false])
            // The window is applied now.
            _ = await deployment.stopAll()
            deployment.configure(["SYNC_INTERVAL_SECONDS": "1"])
            try await deployment.startAll()
            try await eventually(within: .seconds(20), description: "the window is applied") {
                try await deployment.stores.isQuiet()
            }
            #expect(try await Self.status(fingerprint, at: try deployment.front) == "resolved")
            #expect(try await Self.history(fingerprint, at: try deployment.front).count == 3)
        }
    }

    @Test func resolvedInAReleaseRegressesForOthersOnly() async throws {
        let service = try await ContractService.service()
        let fingerprint = try await Self.known(service, "released", more: #","release":"1.0""#)
        let body = #"{"status":"resolved","resolvedInRelease":"1.0"}"#
        let answer = try await Self.patch(service, "/errors/\(fingerprint)", body)
        #expect(try answer.json["resolvedInRelease"]?.string == "1.0")
        for _ in 0..<2 { _ = try await Self.known(service, "released", more: #","release":"1.0""#) }
        try await eventually(within: .seconds(20), description: "all three are counted and stored") {
            let error = try await service.get("/errors/\(fingerprint)").json
            #expect(error["status"]?.string == "resolved")
            let page = try await service.get("/errors?project=status&status=resolved&limit=500").json
            let row = page["errors"]?.elements?.first { $0["fingerprint"]?.string == fingerprint }
            return error["count"]?.int == 3 && row?["count"]?.int == 3
        }
        _ = try await Self.known(service, "released", more: #","release":"1.1""#)
        #expect(try await Self.status(fingerprint, at: service) == "regressed")
        try await eventually(within: .seconds(20), description: "the sync notes the regression") {
            try await Self.history(fingerprint, at: service).first?["to"]?.string == "regressed"
        }
        let error = try await service.get("/errors/\(fingerprint)").json
        #expect(error["resolvedInRelease"]?.string == "1.0")
        let history = try await Self.history(fingerprint, at: service)
        #expect(history.map { $0["release"] } == [.null, .string("1.0")])
    }

    @Test func ignoredStaysIgnored() async throws {
        let service = try await ContractService.service()
        let fingerprint = try await Self.known(service, "noise")
        let answer = try await Self.patch(service, "/errors/\(fingerprint)", #"{"status":"ignored"}"#)
        #expect(try answer.json["status"]?.string == "ignored")
        #expect(try answer.json["resolvedAt"] == .null)
        for _ in 0..<3 { _ = try await Self.known(service, "noise") }
        try await eventually(within: .seconds(20), description: "all are counted") {
            try await service.get("/errors/\(fingerprint)").json["count"]?.int == 4
        }
        #expect(try await Self.status(fingerprint, at: service) == "ignored")
        _ = try await Self.patch(service, "/errors/\(fingerprint)", #"{"status":"unresolved"}"#)
        #expect(try await Self.status(fingerprint, at: service) == "unresolved")
    }

    @Test func manyAtOnce() async throws {
        let service = try await ContractService.service()
        var known: [String] = []
        for word in ["many one", "many two", "many three"] { known.append(try await Self.known(service, word)) }
        _ = try await Self.patch(service, "/errors/\(known[0])", #"{"status":"ignored"}"#)
        let strangers = (0..<997).map { number in
            String(repeating: "f", count: 60) + Self.fourDigits(number)
        }
        let list = (known + strangers).map { "\"\($0)\"" }.joined(separator: ", ")
        let answer = try await Self.patch(service, "/errors", #"{"fingerprints":[\#(list)],"status":"ignored"}"#)
        #expect(answer.status == 200)
        let outcome = try answer.json
        #expect(outcome.keys == ["updated", "unchanged", "notFound"])
        #expect(outcome["updated"]?.int == 2)
        #expect(outcome["unchanged"]?.int == 1)
        #expect(outcome["notFound"]?.strings == strangers)
        for fingerprint in known {
            #expect(try await Self.status(fingerprint, at: service) == "ignored")
            #expect(try await Self.history(fingerprint, at: service).count == 1)
        }
    }

    private static func fourDigits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    // MARK: - Refusals

    @Test(arguments: [
        ("", 400, "invalid_json", "body"),
        ("{", 400, "invalid_json", "body"),
        (#"{"status":"resolved"} x"#, 400, "invalid_json", "body"),
        (#"{"status":"resolved","status":"resolved"}"#, 400, "invalid_json", "status"),
        (#"{"status":"regressed"}"#, 400, "invalid_status_change", "status"),
        (#"{"status":"resolved","resolvedInRelease":""}"#, 400, "invalid_status_change", "resolvedInRelease"),
        (#"{"status":"ignored","resolvedInRelease":"1"}"#, 400, "invalid_status_change", "resolvedInRelease"),
        (#"{"status":"ignored","note":"x"}"#, 400, "invalid_status_change", "note"),
        (#"{"status":"\#(String(repeating: "x", count: 300_000))"}"#, 413, "body_too_large", "body"),
    ])
    func refused(body: String, status: Int, code: String, field: String) async throws {
        let service = try await ContractService.service()
        let bulk = #"{"fingerprints":["\#(String(repeating: "0", count: 64))"],"# + body.dropFirst()
        let whole = body.hasPrefix("{\"") ? bulk : body
        for (target, body) in [("/errors/\(String(repeating: "0", count: 64))", body), ("/errors", whole)] {
            let answer = try await Self.patch(service, target, body)
            #expect(answer.status == status, "\(target)")
            let error = try answer.json["error"]
            #expect(error?["code"]?.string == code)
            #expect(error?["fields"]?[0]?["field"]?.string == field)
        }
    }

    @Test func streamedBodyOverTheLimitIsRefused() async throws {
        let service = try await ContractService.service()
        let connection = try await HTTPConnection.open(port: service.port)
        try await connection.send("PATCH /errors HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n")
        let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x20, count: 0x10000) + Array("\r\n".utf8)
        for _ in 0..<5 { try? await connection.send(chunk) }
        try? await connection.send("0\r\n\r\n")
        #expect(try await connection.answer().status == 413)
        await connection.close()
    }

    @Test func unknownMalformedAndEncoded() async throws {
        let service = try await ContractService.service()
        let unknown = String(repeating: "0", count: 64)
        let missing = try await Self.patch(service, "/errors/\(unknown)", #"{"status":"resolved"}"#)
        #expect(missing.status == 404)
        #expect(try missing.json["error"]?["code"]?.string == "not_found")
        let malformed = try await Self.patch(service, "/errors/abc", #"{"status":"resolved"}"#)
        #expect(malformed.status == 400)
        #expect(try malformed.json["error"]?["code"]?.string == "invalid_fingerprint")
        let encoded = try await Self.patch(
            service, "/errors/\(unknown)", #"{"status":"resolved"}"#, headers: [("content-encoding", "gzip")])
        #expect(encoded.status == 415)
        let wrong = try await service.send(HTTPRequest("PUT", "/errors/\(unknown)"))
        #expect(wrong.status == 405)
        #expect(wrong.header("allow")?.contains("PATCH") == true)
    }

    /// A row that somebody has locked: the wait is bounded, and the answer says when to come back.
    @Test func aLockedErrorIs503WithRetryAfter() async throws {
        try await Deployment.run(.external) { deployment in
            let service = try deployment.front
            let fingerprint = try await Self.known(service, "locked")
            try await eventually(within: .seconds(20), description: "everything is applied") {
                try await deployment.stores.isQuiet()
            }
            let holder = try await deployment.stores.holdError(fingerprint)
            let started = ContinuousClock.now
            let answer = try await Self.patch(service, "/errors/\(fingerprint)", #"{"status":"resolved"}"#)
            #expect(answer.status == 503)
            #expect(answer.header("retry-after") != nil)
            #expect(ContinuousClock.now - started < .seconds(8))
            #expect(try await Self.status(fingerprint, at: service) == "unresolved")
            try await holder.rollback()
            let again = try await Self.patch(service, "/errors/\(fingerprint)", #"{"status":"resolved"}"#)
            #expect(again.status == 200)
        }
    }

    @Test func theHistoryNamesTheToken() async throws {
        try await Deployment.run(.external, ["ADMIN_TOKEN": "secret-of-admins"]) { deployment in
            let service = try deployment.front
            let fingerprint = try await service.report(#"{"message":"status by token"}"#)
            let token = [("Authorization", "Bearer secret-of-admins")]
            try await eventually(within: .seconds(20), description: "it is stored") {
                try await service.get("/errors/\(fingerprint)", headers: token).status == 200
            }
            let body = #"{"status":"resolved"}"#
            #expect(try await Self.patch(service, "/errors/\(fingerprint)", body).status == 401)
            #expect(try await Self.patch(service, "/errors", body).status == 401)
            #expect(try await service.get("/errors/\(fingerprint)/history").status == 401)
            #expect(try await service.get("/errors/\(fingerprint)/occurrences").status == 401)
            let answer = try await Self.patch(service, "/errors/\(fingerprint)", body, headers: token)
            #expect(answer.status == 200)
            let history = try await service.get("/errors/\(fingerprint)/history", headers: token).json
            #expect(history["history"]?[0]?["by"]?.string == "admin")
        }
    }
}
