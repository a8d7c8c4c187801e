import EmbeddedServers
import Glibc
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import TestServers
import Testing

/// `docs/reporters/browser.js` in a real, headless Chromium, on a page of another origin than the service's.
@Suite(.timeLimit(.minutes(2))) struct BrowserReporterTests {
    /// Serves the page, its scripts, and the signal to leave.
    private final class Site: Sendable {
        struct State {
            var mayLeave = false
            var hasLeft = false
        }

        let state = NIOLockedValueBox(State())
        let channel: any Channel

        init(reportTo url: String, token: String?) async throws {
            let reporter = try ReporterProgram.text(of: "browser.js")
            let state = state
            channel = try await LocalServer.start { request in
                let path = request.uri.split(separator: "?")[0]
                let shift = Int(request.uri.split(separator: "=").last ?? "") ?? 0
                let (type, text): (String, String)
                switch path {
                case "/page.html": (type, text) = ("text/html", Self.page(url, token, shift))
                case "/browser.js": (type, text) = ("text/javascript", reporter)
                case "/app.js": (type, text) = ("text/javascript", Self.app(shift))
                case "/leave": (type, text) = ("text/plain", state.withLockedValue { $0.mayLeave } ? "yes" : "no")
                case "/left.html":
                    state.withLockedValue { $0.hasLeft = true }
                    (type, text) = ("text/html", "<!doctype html>")
                default: return LocalServer.Answer(status: 404)
                }
                return LocalServer.Answer(headers: [("content-type", type)], body: Array(text.utf8))
            }
        }

        deinit {
            channel.close(promise: nil)
        }

        private static func page(_ url: String, _ token: String?, _ shift: Int) -> String {
            let token = token.map { ", token: \"\($0)\"" } ?? ""
            let name = token.isEmpty ? "browser-reporter" : "browser-token"
            return """
                <!doctype html><title>test</title>
                <script>window.errorIngest = { url: "\(url)", service: "shop", project: "\(name)", environment: "test",
                  release: "1.0.\(shift)"\(token) };</script>
                <script src="/browser.js"></script><script src="/app.js?shift=\(shift)"></script>
                """
        }

        /// `shift` moves every line and changes every value.
        private static func app(_ shift: Int) -> String {
            String(repeating: "\n", count: shift) + """
                function pay(order) {
                  try { null.card } catch (cause) { throw new RangeError(`order ${order} refused`, { cause }); }
                }
                function reject() { return Promise.reject(new TypeError("rejected \(shift)")); }
                setTimeout(() => pay(\(shift)), 0);
                reject();
                const caught = new SyntaxError("by hand \(shift)");
                errorIngest.report(caught, { order: \(shift) });
                errorIngest.report(caught, { order: "the same once more" });
                (async () => {
                  while ((await (await fetch("/leave")).text()) !== "yes") await new Promise((go) => setTimeout(go, 50));
                  errorIngest.report(new URIError("leaving \(shift) \\u00fc \\ud83d"));
                  location.href = "/left.html";
                })();
                """
        }
    }

    /// Opens the page, waits for the first reports to be taken, and lets it leave.
    private static func visit(_ front: FlakyFront, _ service: ServiceUnderTest, token: String?, run: Int) async throws {
        let site = try await Site(reportTo: front.url, token: token)
        let port = try #require(site.channel.localAddress?.port)
        let program = try ReporterProgram()
        let browser = try program.start(
            "chromium", package: "chromium",
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-extensions",
                "--user-data-dir=\(program.directory)/profile", "http://127.0.0.1:\(port)/page.html?shift=\(run * 7)",
            ])
        defer { browser.signalGroup(SIGKILL) }
        let name = token == nil ? "browser-reporter" : "browser-token"
        do {
            _ = try await ReportedErrors(of: name, total: 4 * run + 3, at: service)
            site.state.withLockedValue { $0.mayLeave = true }
            try await eventually(within: .seconds(20), description: "the page has left") {
                site.state.withLockedValue { $0.hasLeft }
            }
            _ = try await ReportedErrors(of: name, total: 4 * run + 4, at: service)
        } catch {
            throw TestServerError("\(error)\nChromium says: \(program.output)")
        }
        browser.signalGroup(SIGKILL)
        await browser.waitForExit()
    }

    @Test func everyWayToFailIsReportedOnce() async throws {
        let service = try await ContractService.service()
        let front = try await FlakyFront(service, [.unavailable(retryAfterSeconds: 1), .answerLost, .dropped])
        for run in 0..<2 { try await Self.visit(front, service, token: nil, run: run) }

        let found = try await ReportedErrors(of: "browser-reporter", total: 8, at: service)
        #expect(found.total == 8)
        #expect(found.errors.count == 4)
        let refused = try #require(found.only("RangeError"))
        #expect(refused["count"]?.int == 2)
        #expect(refused["message"]?.string == "order 0 refused")
        #expect(refused["stackTrace"]?.string?.contains("at pay (http://127.0.0.1:") == true)
        #expect(refused["stackTrace"]?.string?.contains("Caused by: TypeError") == true)
        #expect(refused["release"]?.string == "1.0.0")
        #expect(refused["context"]?["origin"]?.string == "error")
        #expect(refused["context"]?["url"]?.string?.contains("/page.html") == true)
        #expect(found.only("TypeError")?["context"]?["origin"]?.string == "unhandledrejection")
        #expect(found.only("SyntaxError")?["context"]?["order"]?.int == 0)
        // By beacon: half a pair of surrogates and all.
        #expect(found.only("URIError")?["message"]?.string == "leaving 0 ü \u{FFFD}")
        for error in found.errors {
            #expect(error["count"]?.int == 2)
            #expect(error["environment"]?.string == "test")
            #expect(error["service"]?.string == "shop")
        }
        // From another origin, and as a simple request: no preflight, no cookies.
        #expect(front.passed.allSatisfy { $0.headers.first(name: "origin")?.hasPrefix("http://127.0.0.1:") == true })
        #expect(front.passed.allSatisfy { $0.headers.first(name: "content-type")?.hasPrefix("text/plain") == true })
        #expect(front.passed[0].body == front.passed[1].body)
    }

    /// With a token there is a preflight, and what leaves with the page goes by fetch: a beacon carries no token.
    @Test func tokenIsSentAlsoAtTheEnd() async throws {
        let service = try await ContractService.service()
        let front = try await FlakyFront(service, [])
        try await Self.visit(front, service, token: "t0ken", run: 0)
        let found = try await ReportedErrors(of: "browser-token", total: 4, at: service)
        #expect(found.total == 4)
        #expect(front.passed.allSatisfy { $0.headers.first(name: "authorization") == "Bearer t0ken" })
    }
}
