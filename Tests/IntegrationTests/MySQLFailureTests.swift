import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import Testing

@Suite struct MySQLFailureTests {
    @Test(
        arguments: [
            (
                .infrastructure,
                [1020, 1021, 1040, 1053, 1114, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1290, 1317, 1615, 1792]
            ),
            (.infrastructure, [1836, 1927, 1969, 3024, 2002, 2003, 2005, 2006, 2012, 2013, 2026, 2055, 2057]),
            (.data, [1048, 1153, 1264, 1265, 1292, 1366, 1406, 1526, 3140, 3819, 4025]),
            (.configuration, [1044, 1045, 1049, 1054, 1064, 1142, 1146]),
        ] as [(WorkFailure.Class, [UInt32])])
    func numbersHaveTheirClass(expected: WorkFailure.Class, numbers: [UInt32]) {
        for number in numbers {
            let failure = WorkFailure(mysql: MySQLError(code: .server, number: number, message: ""))
            #expect(failure.class == expected, "\(number)")
            #expect(failure.code == Int(number))
            #expect(!failure.unknownCode, "\(number)")
        }
    }

    @Test func anUnknownNumberIsInfrastructureWithAnAlarm() {
        let failure = WorkFailure(mysql: MySQLError(code: .server, number: 1999, message: ""))
        #expect(failure.class == .infrastructure)
        #expect(failure.unknownCode)
    }

    @Test(arguments: [MySQLError.Code.poolTimedOut, .poolFull, .closed, .connectFailed, .cancelled])
    func failuresOfTheClientItselfPass(code: MySQLError.Code) {
        let error = MySQLError(code: code, message: "")
        #expect(WorkFailure(mysql: error).class == .infrastructure)
        #expect(!WorkFailure(mysql: error).unknownCode)
        #expect(StoreFailure(mysql: error).code == .unavailable)
    }
}
