import Fingerprint
import Ingest
import Testing

/// What scrubbing costs, always next to something measured in the same moment: a busy machine makes both slow.
@Suite(.serialized) struct ScrubCostTests {
    private let clock = ContinuousClock()

    /// The quickest of several runs, nanoseconds.
    private func quickest(_ runs: Int, _ body: () -> Void) -> Double {
        (0..<runs).map { _ in clock.measure(body) / .nanoseconds(1) }.min() ?? 0
    }

    private static let report = Array(
        #"""
        {"message":"Cannot read properties of undefined (reading 'name')","type":"TypeError","service":"web","environment":"production",
        "stack":"TypeError: Cannot read properties\n    at render (/app/src/list.js:10:5)\n    at main (/app/src/index.js:20:1)",
        "context":{"route":"/checkout/42","userId":1812,"retries":3}}
        """#.utf8)

    /// Reading and grouping a clean report of 300 bytes takes well over twice what scrubbing it does.
    @Test func cleanReportCostsLittleMoreThanWithoutScrubbing() throws {
        let off = try ErrorPath(grouping: .standard, scrubber: nil)
        let on = try ErrorPath(grouping: .standard)
        func admit(_ path: ErrorPath) {
            for _ in 0..<50 {
                Self.report.withUnsafeBytes {
                    _ = try? path.admission(forSingle: $0, receivedAt: receivedMilliseconds, isKnown: { _ in true })
                }
            }
        }
        admit(on)
        admit(off)
        var ratios: [Double] = []
        for _ in 0..<5 {
            let without = quickest(40) { admit(off) }
            ratios.append(quickest(40) { admit(on) } / without)
        }
        #expect(ratios.min() ?? .infinity < 2, "\(ratios)")
    }

    private static let hostile = [
        "=", "password=", "a=", "token:", "1", "4111 ", "4111-", "4111111111111112 ", "41111111111111111111 ",
        "Bearer ", "bearer a/",
        "basic a.", "eyJ", "eyJ-", "eyJaaaaaaaaaaaa.", "://a:", "x://u:p/", "x://u:1a/b", "-", "-----BEGIN ",
        "-----BEGIN PRIVATE KEY----- ",
        "--password ", "--password null ", "\"password\"", "password\":\"", "password\":[", "\"password\":{\"",
        "password:[", "cookie:",
        "cookie: a", "cookie:a=", "password=,", "password=a,b", "session: ", "token:a:", "password=\\\"", "sk-", "gh",
        "SG.", "<password>",
        "%3D", "password%3D", " =", "password   ", "&", "token=basic ", "authorization: digest ", "xoxb-", "AKIA",
        "password=***",
        "password=null ", "user_api_key_", "\\\\", "'", "a.b.c.d.e_f-", "\"a\":", "{\"token\":", "[[[[", "ssn=(",
        // Secrets of every kind, thousands of them: finding one must not look at the rest of the text.
        "4111111111111111,", "4111 1111 1111 1111,", "r=4111111111111111,", "x 4111111111111111 no ", "password=x ",
        "password: x1 ", "\"password\":\"x\",", "\"Password:\":\"x\",", "\":", "_=", "password[0]=x ", "password[0",
        "password%5B0",
        "token:abc123: ", "PWD=/a ", "PWD=x ", "Bearer abc123 ", "Basic QWxhZGRpbjpv ",
        "Authorization: SSWS 00QCjAl4\n", "authorization=x a=b ", "authorization: a=b, ", "Cookie: a=b; c=d\n",
        "eyJhbGciOiJIUzI1NiJ9.eyJz.x ", "xoxb-123456789012-abcdefGHIJKL,",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----", "---- BEGIN ",
        "https://u:p@h ", "https://3b1f9c0d5e7a4421b86d0f3a9c2e1457@h ", "root:x1@tcp(h)/a ", "@tcp(", "--password x1 ",
        "<password>x</password>", "<password a=\"b\">x</password>", "<password a=\"", "\">", "password 'x' ",
        "identified by 'x' ", "identified with x by '", " '", "next=%3Ftoken%3Dx%26x%3D1&", "iban: DE89 3704 0044 ",
    ]

    /// Eight times the text takes about eight times as long, whatever it is made of; were it the square, it would be 64 times. The
    /// quickest runs of both sizes are compared, and measured again while something else slows down the one or the other.
    private func isLinear(_ time: (Int) -> Double, from small: Int) -> Bool {
        var (short, long) = (Double.infinity, Double.infinity)
        for _ in 0..<8 {
            short = min(short, time(small))
            long = min(long, time(small * 8))
            if long / short < 28 { return true }
        }
        return false
    }

    @Test(arguments: hostile)
    func hostileTextTakesLinearTime(_ unit: String) {
        func time(_ count: Int) -> Double {
            var text: [UInt8] = []
            while text.count < count { text += Array(unit.utf8) }
            return quickest(3) { _ = scrubbed(text) }
        }
        #expect(isLinear(time, from: 32 * 1024), "\(unit)")
    }

    @Test(arguments: hostile)
    func hostileContextTakesLinearTime(_ unit: String) throws {
        let path = try ErrorPath(grouping: .message)
        func time(_ count: Int) -> Double {
            let content = String(repeating: unit, count: count / unit.utf8.count).json()
            let body = Array(
                "{\"message\":\"m\",\"x\":\"\\u0041\",\"context\":{\"\\u0041\":[\(content)],\"b\":\(content)}}".utf8)
            return quickest(3) {
                body.withUnsafeBytes { _ = try? path.admission(forSingle: $0, receivedAt: receivedMilliseconds) }
            }
        }
        #expect(isLinear(time, from: 7 * 1024), "\(unit)")
    }
}
