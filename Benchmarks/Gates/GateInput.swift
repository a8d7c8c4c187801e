/// What the gates work on; the same bytes in each run.
enum GateInput {
    /// When everything is received, where a gate can choose it: 2026-01-01, Unix milliseconds.
    static let now: Int64 = 1_767_225_600_000

    /// The report of `loadtest/report.lua`.
    static let report = makeReport(type: "TypeError", stackTrace: shortStack)

    /// The same with a stack trace of 4 KiB.
    static let reportWithStack = makeReport(type: "TypeError", stackTrace: stackTrace.replacing("\n", with: #"\n"#))

    private static let shortStack =
        #"TypeError: x\n    at render (/srv/app/cart.js:42:17)\n    at main (/srv/app/index.js:10:3)"#

    private static func makeReport(type: String, stackTrace: String) -> [UInt8] {
        Array(
            (#"{"message":"Cannot read properties of undefined (reading 'total')","type":""# + type
                + #"","stackTrace":""# + stackTrace
                + #"","service":"checkout","environment":"production","release":"1.4.2-build.77","level":"error","#
                + #""project":"shop"}"#).utf8)
    }

    /// As Node.js prints it: more frames than are hashed, one in three of a library.
    static let stackTrace: String = {
        var text = "TypeError: Cannot read properties of undefined (reading 'total')"
        var frame = 0
        while true {
            let file =
                frame % 3 == 2
                ? "/srv/app/node_modules/express/lib/router/layer.js" : "/srv/app/src/modules/cart/view\(frame).js"
            let line = "\n    at Object.handle\(frame % 7) [as render] (\(file):\(40 + frame):\(5 + frame % 60))"
            if text.utf8.count + line.utf8.count > 4096 { return text }
            text += line
            frame += 1
        }
    }()

    /// Nothing identifies it but a message with much in it that differs from one occurrence to the next.
    static let variableMessage =
        "Order 81723 of user 5f3c1a70-9b1e-4c8e-8f0a-2b6f1d9e7c55 failed after 3012 ms at 2026-01-01T10:00:00.123Z: "
        + "GET https://api.example.com/v2/carts/81723?session=9f8e7d6c from 10.2.3.4:50123 answered 502, 'cart-81723' is locked"

    /// Text with what the scrubber looks for: a bearer token, a password in a URL and a card number.
    static let secretText =
        "POST /pay failed: Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dGhpc2lzbm90YXNpZ25hdHVyZQ "
        + "to postgres://shop:hunter2secret@db.example.com/shop with card 4111 1111 1111 1111 declined"

    /// 100 reports of 40 errors.
    static let batch = list((0..<100).map { makeReport(type: "TypeError\($0 % 40)", stackTrace: shortStack) })

    static let event = makeEvent(0)

    /// 100 events.
    static let events = list((0..<100).map(makeEvent))

    private static func makeEvent(_ number: Int) -> [UInt8] {
        Array(
            (#"{"site_id":"shop","event_type":"page_view","timestamp":"2025-12-31T23:59:0\#(number % 10)Z","#
                + #""path":"/products/\#(1000 + number)","user_id":"user-\#(1000 + number)","session_id":"s-\#(number % 10)","#
                + #""referrer":"https://www.example.com/search?q=shoes","properties":{"plan":"free","cart":3}}"#).utf8)
    }

    private static func list(_ items: [[UInt8]]) -> [UInt8] {
        [UInt8(ascii: "[")] + Array(items.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "]")]
    }
}
