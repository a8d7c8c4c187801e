/// Why a measurement is not one.
struct YardstickError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
