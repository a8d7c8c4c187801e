/// Names of all the languages that Apple's systems print in one and the same trace.
extension FunctionName {
    /// `-[Cart total:]`, `__14-[Cart total:]_block_invoke_2`, `Cart.total(_:)`, `shop::Cart::total(int)`. Mangled names
    /// stay as they are, without what the linker or the optimiser put behind them (`.cold.1`).
    static func appendApple(_ name: ByteView, to output: inout ScratchBuffer) {
        if let method = name.firstIndex(of: "-[") ?? name.firstIndex(of: "+[") {
            // The length of the method's name stands in front of it, and behind it the number of the block.
            let end = name.lastIndex(of: "_block_invoke").map { $0 + 13 } ?? name.count
            output.append(name[method..<max(method, end)])
        } else if isMangled(name) {
            output.append(name.prefix(name.firstIndex(of: UInt8(ascii: ".")) ?? name.count))
        } else if name.firstIndex(of: "::") != nil {
            appendNative(name, to: &output)
        } else {
            appendSwift(name, to: &output)
        }
    }

    private static func isMangled(_ name: ByteView) -> Bool {
        name.hasPrefix("$s") || name.hasPrefix("_$s") || name.hasPrefix("_Z") || name.hasPrefix("__Z")
    }
}
