import Ingest

/// The events of a load, by number: a number is always the same event, so what must be stored and counted follows from the numbers alone.
///
/// One after the other through 30 days, each with a site, a path and a user by draws of its own. Four in five are views, nine in ten have
/// a user.
struct EventPlan: Sendable {
    static let sites = 100
    static let paths = 1_000
    static let users = 10_000
    static let days = 30
    static let dayMilliseconds: Int64 = 86_400_000

    struct Event {
        var site: Int
        var path: Int
        var user: Int?
        var isView: Bool
        /// Unix milliseconds.
        var occurred: Int64
        /// Days since 1970 UTC.
        var day: Int { Int(occurred / EventPlan.dayMilliseconds) }
    }

    /// How many there are: they fill the days.
    let events: Int
    /// Whether each carries an event id, so that it may be sent again.
    let isIdentified: Bool
    /// The first day with events, days since 1970 UTC; the last one is yesterday.
    let startDay: Int
    /// Tells the event ids of this load from all others.
    private let run = String(UInt64.random(in: .min ... .max), radix: 36)

    init(events: Int, isIdentified: Bool) {
        self.events = events
        self.isIdentified = isIdentified
        startDay = Int(unixMilliseconds() / Self.dayMilliseconds) - Self.days
    }

    static func site(_ number: Int) -> String { "site-\(number)" }
    static func path(_ number: Int) -> String { "/section-\(number % 10)/page-\(number).html" }

    func event(_ number: Int) -> Event {
        let one = Self.mixed(UInt64(number))
        let other = Self.mixed(one)
        let step = Double(Self.days) * Double(Self.dayMilliseconds) / Double(events)
        return Event(
            site: Int(one % UInt64(Self.sites)),
            path: Int((one >> 32) % UInt64(Self.paths)),
            user: other % 10 == 0 ? nil : Int((other >> 32) % UInt64(Self.users)),
            isView: (other >> 16) % 5 != 0,
            occurred: Int64(startDay) * Self.dayMilliseconds + Int64(Double(number) * step)
        )
    }

    /// The finalizer of SplitMix64: numbers next to each other come out unlike.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var x = number &+ 0x9E37_79B9_7F4A_7C15
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return x ^ (x >> 31)
    }

    // MARK: - Requests

    /// A JSON array, or lines.
    func body(of numbers: Range<Int>, inLines: Bool) -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(numbers.count * 256)
        if !inLines { body.append(UInt8(ascii: "[")) }
        for number in numbers {
            if number > numbers.lowerBound { body.append(UInt8(ascii: inLines ? "\n" : ",")) }
            append(number, to: &body)
        }
        if !inLines { body.append(UInt8(ascii: "]")) }
        return body
    }

    /// The value is the number: it tells each stored row from every other.
    private func append(_ number: Int, to body: inout [UInt8]) {
        let event = event(number)
        body += Array(
            """
            {"site_id":"\(Self.site(event.site))","event_type":"\(event.isView ? "page_view" : "click")",\
            "path":"\(Self.path(event.path))","session_id":"session-\(number / 7)","value":\(number),"timestamp":"
            """.utf8)
        EventTime.appendISO8601(milliseconds: event.occurred, to: &body)
        body.append(UInt8(ascii: "\""))
        if let user = event.user { body += Array(",\"user_id\":\"user-\(user)\"".utf8) }
        if isIdentified { body += Array(",\"event_id\":\"\(run)-\(number)\"".utf8) }
        body.append(UInt8(ascii: "}"))
    }
}
