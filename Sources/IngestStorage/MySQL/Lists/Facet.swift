import Ingest
import MySQLClient

/// One row of `facets`: a value of a field, seen in a project (empty: in any) on a day.
struct Facet: Sendable, Hashable, Comparable {
    let kind: FacetKind
    let project: [UInt8]
    let value: [UInt8]
    /// Days since 1970, UTC.
    let day: Int64

    var row: [MySQLValue] {
        [
            .string(kind.rawValue), .text(project), .text(value),
            .dateTime(milliseconds: day * Self.millisecondsPerDay),
        ]
    }

    /// What one report shows: each value for its project and for all of them.
    static func all(
        project: [UInt8]?, service: [UInt8]?, environment: [UInt8]?, release: [UInt8]?, receivedMilliseconds: Int64
    ) -> [Facet] {
        let day = receivedMilliseconds / millisecondsPerDay
        var facets: [Facet] = []
        func add(_ kind: FacetKind, _ value: [UInt8]?, in project: [UInt8]) {
            guard let value, !value.isEmpty else { return }
            facets.append(Facet(kind: kind, project: project, value: value, day: day))
        }
        add(.project, project, in: [])
        for name in Set([[], project ?? []]) {
            add(.service, service, in: name)
            add(.environment, environment, in: name)
            add(.release, release, in: name)
        }
        return facets
    }

    /// The order of the primary key: writers that lock rows in the same order cannot deadlock.
    static func < (one: Facet, other: Facet) -> Bool {
        if one.kind != other.kind { return one.kind < other.kind }
        if one.project != other.project { return one.project.lexicographicallyPrecedes(other.project) }
        if one.value != other.value { return one.value.lexicographicallyPrecedes(other.value) }
        return one.day < other.day
    }

    private static let millisecondsPerDay: Int64 = 86_400_000
}

extension ErrorRecord {
    var facets: [Facet] {
        func bytes(_ field: ErrorField) -> [UInt8]? { texts[field].map(Array.init) }
        return Facet.all(
            project: bytes(.project), service: bytes(.service), environment: bytes(.environment),
            release: bytes(.release), receivedMilliseconds: receivedMilliseconds)
    }
}
