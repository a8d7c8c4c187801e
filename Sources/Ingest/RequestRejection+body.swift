extension RequestRejection {
    /// Appends `{"code","message","fields"}`.
    func appendJSON(to output: inout [UInt8]) {
        output.append("{\"code\":")
        output.appendJSON(string: code.utf8)
        output.append(",\"message\":")
        output.appendJSON(string: message.utf8)
        output.append(",\"fields\":")
        appendFieldsJSON(to: &output)
        output.append(UInt8(ascii: "}"))
    }

    /// Appends `[{"field","rule","limit"}, …]`.
    func appendFieldsJSON(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "["))
        for (index, problem) in fields.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output.append("{\"field\":")
            output.appendJSON(string: problem.field.utf8)
            output.append(",\"rule\":")
            output.appendJSON(string: problem.rule.utf8)
            if let limit = problem.limit {
                output.append(",\"limit\":")
                output.append(decimal: limit)
            }
            output.append(UInt8(ascii: "}"))
        }
        output.append(UInt8(ascii: "]"))
    }
}
