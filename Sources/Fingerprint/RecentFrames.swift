/// The frames emitted since the last cause, as places in the scratch memory: one that is there already is not emitted
/// again. Owns the memory for its list and uses it again.
struct RecentFrames: ~Copyable {
    struct Place {
        var start: Int
        var fileStart: Int
        var end: Int
    }

    // As many as are emitted at most.
    private static let capacity = FingerprintLimits.frames
    // Not an `InlineArray`: each look at an element would copy all of them.
    private let places: UnsafeMutablePointer<Place>
    private var count = 0

    init() {
        places = .allocate(capacity: Self.capacity)
        places.initialize(repeating: Place(start: 0, fileStart: 0, end: 0), count: Self.capacity)
    }

    deinit { places.deallocate() }

    mutating func removeAll() {
        count = 0
    }

    mutating func append(_ place: Place) {
        precondition(count < Self.capacity)
        places[count] = place
        count += 1
    }

    func contains(_ place: Place, in scratch: borrowing ScratchBuffer) -> Bool {
        let bytes = scratch.view(place.start..<place.end)
        for index in 0..<count {
            let other = places[index]
            if other.end - other.start == bytes.count, other.fileStart - other.start == place.fileStart - place.start,
                scratch.view(other.start..<other.end).equals(bytes)
            {
                return true
            }
        }
        return false
    }
}
