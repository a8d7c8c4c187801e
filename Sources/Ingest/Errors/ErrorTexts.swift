/// The texts of an error report or record.
public typealias ErrorTexts = FieldTexts<ErrorField>
