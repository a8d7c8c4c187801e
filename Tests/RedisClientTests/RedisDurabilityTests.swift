import RedisClient
import Testing

@Suite struct RedisDurabilityTests {
    static let good = [
        "appendonly": "yes", "appendfsync": "always", "no-appendfsync-on-rewrite": "no",
        "maxmemory-policy": "noeviction", "maxmemory": "536870912",
    ]

    @Test func goodSettingsAreAssured() {
        #expect(RedisDurability.assess(settings: Self.good) == .assured)
    }

    @Test(
        "each weak setting is named",
        arguments: [
            ("appendonly", "no"), ("appendfsync", "everysec"), ("appendfsync", "no"),
            ("no-appendfsync-on-rewrite", "yes"),
            ("maxmemory-policy", "allkeys-lru"), ("maxmemory-policy", "volatile-ttl"), ("maxmemory", "0"),
            ("maxmemory", "x"),
        ]
    )
    func weak(_ name: String, _ value: String) {
        var settings = Self.good
        settings[name] = value
        guard case .degraded(let reasons) = RedisDurability.assess(settings: settings) else {
            Issue.record("not degraded")
            return
        }
        #expect(reasons.count == 1)
        #expect(reasons.first?.hasPrefix("\(name) is ") == true)
    }

    @Test("a setting that is not reported is not taken for good", arguments: good.keys.sorted())
    func missing(_ name: String) {
        var settings = Self.good
        settings[name] = nil
        guard case .degraded(let reasons) = RedisDurability.assess(settings: settings) else {
            Issue.record("not degraded")
            return
        }
        #expect(reasons.count == 1)
        #expect(reasons.first?.contains("\(name) is not reported") == true)
    }

    @Test("replies of another form", arguments: [RedisValue.null, .integer(1), .array([.string([1])])])
    func odd(_ reply: RedisValue) {
        guard case .unknown = RedisDurability.assess(reply: reply) else {
            Issue.record("not unknown")
            return
        }
    }
}
