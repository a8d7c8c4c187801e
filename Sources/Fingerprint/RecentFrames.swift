/// The frames emitted since the last cause, as places in the scratch memory: one that is there already is not emitted
/// again.
struct RecentFrames {
    struct Place {
        var start: Int
        var fileStart: Int
        var end: Int
    }

    // As many as are emitted at most (``FingerprintLimits/frames``).
    private var places = InlineArray<32, Place>(repeating: Place(start: 0, fileStart: 0, end: 0))
    private var count = 0

    mutating func removeAll() {
        count = 0
    }

    mutating func append(_ place: Place) {
        places[count] = place
        count += 1
    }

    func contains(_ place: Place, in scratch: borrowing ScratchBuffer) -> Bool {
        let bytes = scratch.view(place.start..<place.end)
        for index in 0..<count {
            let other = places[index]
            if other.fileStart - other.start == place.fileStart - place.start,
                scratch.view(other.start..<other.end).equals(bytes)
            {
                return true
            }
        }
        return false
    }
}
