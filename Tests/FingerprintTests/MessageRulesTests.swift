import Fingerprint
import Testing

/// What the message rules make of a message. The table is the specification: a line that must change needs a new
/// version.
@Suite struct MessageRulesTests {
    struct Rule: Sendable, CustomTestStringConvertible {
        let message: String
        let normalised: String

        init(_ message: String, _ normalised: String) {
            self.message = message
            self.normalised = normalised
        }

        var testDescription: String { message }
    }

    static let numbers = [
        Rule("user 42 not found", "user <num> not found"),
        Rule("user -42 not found", "user <num> not found"),
        Rule("took 12.5ms", "took <num>ms"),
        Rule("took 5ms", "took <num>ms"),
        Rule("1,234,567 rows", "<num> rows"),
        Rule("1_000 rows", "<num> rows"),
        Rule("value 1e5", "value <num>"),
        Rule("value 1.5e-10 and +3E+7", "value <num> and <num>"),
        Rule("order12 of user_34", "order<num> of user_<num>"),
        Rule("f(1, 2)", "f(<num>, <num>)"),
        Rule("step 3/10", "step <num>/<num>"),
        Rule("at main.js:10:5", "at main.js:<num>:<num>"),
        Rule("10:15:20 elapsed", "<num>:<num>:<num> elapsed"),
        Rule("release v1.2.3", "release v<num>"),
        Rule("no numbers at all", "no numbers at all"),
    ]

    static let identifiers = [
        Rule("job 550e8400-e29b-41d4-a716-446655440000 failed", "job <uuid> failed"),
        Rule("job_550E8400-E29B-41D4-A716-446655440000", "job_<uuid>"),
        Rule("{550e8400-e29b-41d4-a716-446655440000}", "{<uuid>}"),
        Rule("<Order object at 0x7f3a9c0d>", "<Order object at <hex>>"),
        Rule("commit 3f9a2b1", "commit <num>"),
        Rule("etag d41d8cd98f00b204e9800998ecf8427e", "etag <num>"),
        Rule("session V1StGXR8Z5jdHi6BmyT", "session <num>"),
        Rule("the facade decade", "the facade decade"),
        Rule("utf8 and sha256", "utf<num> and sha<num>"),
        Rule("用户12345不存在", "用户<num>不存在"),
        Rule("getUserAccountById2 failed", "getUserAccountById<num> failed"),
    ]

    static let dates = [
        Rule("due 2024-01-02", "due <date>"),
        Rule("due 2024-01-02T10:15:20Z.", "due <date>."),
        Rule("due 2024-01-02T10:15:20.123456+01:00", "due <date>"),
        Rule("due 2024-01-02 10:15:20,123 UTC now", "due <date> now"),
        Rule("due 2024/1/2 3:04 PM", "due <date>"),
        Rule("due 01/02/2024", "due <date>"),
        Rule("due Tue Jan 02 2024 15:04:05 GMT+0100 (Central European Standard Time)", "due <date>"),
        Rule("due Tue, 02 Jan 2024 15:04:05 GMT", "due <date>"),
        Rule("due Jan 2, 2024", "due <date>"),
        Rule("due January 2 15:04:05", "due <date>"),
        Rule("due Tue Jan  2 15:04:05 2024", "due <date>"),
        Rule("[02/Jan/2024:15:04:05 +0000] GET", "[<date>] GET"),
        Rule("May 5 users fail", "May <num> users fail"),
        Rule("path /a/1/2/2024/b", "path /a/<num>/<num>/<num>/b"),
        Rule("Sun is shining", "Sun is shining"),
    ]

    static let addresses = [
        Rule("connect ECONNREFUSED 10.0.0.1:5432", "connect ECONNREFUSED <ip>:<num>"),
        Rule("peer 192.168.100.200.", "peer <ip>."),
        Rule("version 1.2.3.4.5", "version <num>"),
        Rule("peer 2001:db8:85a3:0:0:8a2e:370:7334", "peer <ip>"),
        Rule("peer fe80::1ff:fe23:4567:890a%eth0 gone", "peer <ip> gone"),
        Rule("peer ::1", "peer <ip>"),
        Rule("peer ::ffff:10.0.0.1", "peer <ip>"),
        Rule("nic 00:1a:2b:3c:4d:5e", "nic <mac>"),
        Rule("std::vector a::b", "std::vector a::b"),
        Rule("mail to jane.doe+test@example.co.uk failed", "mail to <email> failed"),
        Rule("<jane@example.com>: bounced", "<<email>>: bounced"),
        Rule("react@18.2.0", "react@<num>"),
        Rule("user@localhost", "user@localhost"),
    ]

    static let urls = [
        Rule("GET https://api.example.com/v1/users/42?x=1#top failed", "GET https://api.example.com/*/users/* failed"),
        Rule("GET https://api.example.com:8443/users.", "GET https://api.example.com/users."),
        Rule("(https://example.com/a)", "(https://example.com/a)"),
        Rule("https://jane:secret@db12.example.com/x", "https://db<num>.example.com/x"),
        Rule("http://10.0.0.1:80/health", "http://<ip>/health"),
        Rule("http://[2001:db8::1]:80/health", "http://<ip>/health"),
        Rule("postgres://localhost/shop", "postgres://localhost/shop"),
        Rule("https://example.com/a%20b/c", "https://example.com/*/c"),
        Rule("https://example.com/aVeryLongTokenWithoutAnyDigitsButFarTooLongToBeAWord", "https://example.com/*"),
        Rule("blob:https://example.com/550e8400-e29b-41d4-a716-446655440000", "blob:https://example.com/*"),
        Rule("data:image/png;base64,iVBORw0KGgo= is bad", "data:<str> is bad"),
    ]

    static let quotes = [
        Rule(
            "Cannot read properties of undefined (reading 'total')",
            "Cannot read properties of undefined (reading <str>)"),
        Rule("no such file: '/tmp/x', \"y\" or `z`", "no such file: <str>, <str> or <str>"),
        Rule("KeyError: b'abc' u\"x\"", "KeyError: <str> <str>"),
        Rule("undefined method `find' for nil", "undefined method <str> for nil"),
        Rule("“curly” and ‘single’ and «guillemets»", "<str> and <str> and <str>"),
        Rule("it's the users' own, don't touch", "it's the users' own, don't touch"),
        Rule("'don't' stop", "<str> stop"),
        Rule("{\"id\":7,\"name\":\"x\"}", "{<str>:<num>,<str>:<str>}"),
        Rule("{\\\"id\\\":7}", "{\\<str>:<num>}"),
        Rule("\"said \\\"hi\\\" twice\"", "<str>"),
        Rule("an \"open quote", "an \"open quote"),
        Rule("an \"open quote\nnext \"closed\"", "an \"open quote next <str>"),
        Rule("empty '' too", "empty <str> too"),
    ]

    static let blanks = [
        Rule("  a \t b\r\n\nc  ", "a b c"),
        Rule("", ""),
        Rule(" \n ", ""),
        Rule("a\u{0}b", "a b"),
    ]

    static let all = numbers + identifiers + dates + addresses + urls + quotes + blanks

    @Test(arguments: all)
    func rule(_ rule: Rule) throws {
        #expect(try Report.normalised(message: rule.message) == rule.normalised)
    }
}
