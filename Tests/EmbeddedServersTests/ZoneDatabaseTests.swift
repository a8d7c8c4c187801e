import EmbeddedServers
import TestServers
import Testing

@Suite struct ZoneDatabaseTests {
    private static func zone(_ name: String) throws -> ZoneFile {
        let bytes = try #require(FileTree.read("\(ZoneDatabase.systemPath)/\(name)"))
        return try #require(ZoneFile(bytes))
    }

    /// What clocks show at a moment.
    private static func offset(_ zone: ZoneFile, at time: Int32) -> Int32? {
        zone.transitions.last { $0.time <= time }.map { zone.kinds[$0.kind].offset }
    }

    @Test func berlin() throws {
        let zone = try Self.zone("Europe/Berlin")
        // 2026-03-29T01:00:00Z and 2026-10-25T01:00:00Z.
        #expect(Self.offset(zone, at: 1_774_745_999) == 3_600)
        #expect(Self.offset(zone, at: 1_774_746_000) == 7_200)
        #expect(Self.offset(zone, at: 1_792_889_999) == 7_200)
        #expect(Self.offset(zone, at: 1_792_890_000) == 3_600)
        // 2037-07-01: the data does not end early.
        #expect(Self.offset(zone, at: 2_129_932_800) == 7_200)
        #expect(zone.kinds.contains { $0.abbreviation == "CEST" && $0.isDaylightSaving })
        let times = zone.transitions.map(\.time)
        #expect(times == times.sorted())
    }

    @Test func aZoneWithoutTransitions() throws {
        let zone = try Self.zone("Etc/UTC")
        #expect(zone.transitions.isEmpty)
        #expect(zone.kinds.map(\.offset) == [0])
    }

    @Test func whatIsNoZoneFile() throws {
        let berlin = try #require(FileTree.read("\(ZoneDatabase.systemPath)/Europe/Berlin"))
        #expect(ZoneFile([]) == nil)
        #expect(ZoneFile(Array("TZif".utf8)) == nil)
        #expect(ZoneFile(Array("# a text of no meaning, a little longer than a header is".utf8)) == nil)
        // Every shorter file is refused or is whole up to the end of its first part; none reads beyond its end.
        for count in stride(from: 0, to: berlin.count, by: 7) { _ = ZoneFile(Array(berlin[..<count])) }
        // `zic -b slim`: the data of version 1 is empty.
        var slim = Array(berlin[..<44])
        for index in 20..<44 { slim[index] = 0 }
        slim[39] = 1
        slim[43] = 1
        slim += [0, 0, 0, 0, 0, 0, 0]
        #expect(ZoneFile(slim) == nil)
    }

    @Test func theSystemsZones() throws {
        let database = try ZoneDatabase()
        let names = Set(database.names)
        #expect(names.count > 400)
        #expect(names.isSuperset(of: ["Europe/Berlin", "UTC", "America/Argentina/Ushuaia", "Asia/Kathmandu"]))
        #expect(!names.contains { $0.hasPrefix("posix") || $0.hasPrefix("right") })
        #expect(database.sql.contains("('Europe/Berlin',"))
    }

    @Test func aSystemWithoutZones() throws {
        let empty = try TestServers.freshDirectory()
        let error = #expect(throws: EmbeddedServersError.self) { try ZoneDatabase(path: empty) }
        #expect(error?.code == .zonesUnavailable)
    }
}
