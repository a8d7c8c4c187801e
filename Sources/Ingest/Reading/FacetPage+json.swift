extension FacetPage {
    /// The body of the kind's list: `{"projects":["…"],"nextCursor":null}`.
    package func json(_ kind: FacetKind) -> [UInt8] {
        var writer = JSONWriter(reserving: 64 + 32 * values.count)
        writer.object { writer in
            writer.key(kind.listName)
            writer.array { writer in
                for value in values { writer.string(value) }
            }
            writer.field("nextCursor", nextCursor)
        }
        return writer.bytes
    }
}

extension FacetKind {
    /// The name of the route and of the list in its answer.
    package var listName: StaticString {
        switch self {
        case .project: "projects"
        case .service: "services"
        case .environment: "environments"
        case .release: "releases"
        }
    }
}
