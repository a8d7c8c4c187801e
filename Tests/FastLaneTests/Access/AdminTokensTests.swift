import FastLane
import Testing

@Suite struct AdminTokensTests {
    @Test(
        arguments: [
            ("hunter2", "Bearer hunter2", "admin"),
            ("hunter2", "bearer hunter2", "admin"),
            ("hunter2", "Bearer hunter3", nil),
            ("hunter2", "Bearer hunter", nil),
            ("hunter2", "Bearer hunter22", nil),
            ("hunter2", "Basic hunter2", nil),
            ("hunter2", "hunter2", nil),
            ("hunter2", "", nil),
            ("hunter2", nil, nil),
            ("anna:a-secret,bert:b-secret", "Bearer a-secret", "anna"),
            ("anna:a-secret, bert:b-secret", "Bearer b-secret", "bert"),
            ("anna:a-secret,bert:b-secret", "Bearer anna:a-secret", nil),
            ("anna:a-secret,b-secret", "Bearer b-secret", "admin"),
            ("anna:old-one,anna:new-one", "Bearer new-one", "anna"),
            ("anna:old-one,anna:new-one", "Bearer old-one", "anna"),
            ("a.b-c_D9:x=/+~", "Bearer x=/+~", "a.b-c_D9"),
        ] as [(String, String?, String?)])
    func callers(list: String, header: String?, name: String?) throws {
        #expect(try AdminTokens(list).caller(header)?.name == name)
    }

    @Test(arguments: [
        ("anna:hunter2,:hunter3", "entry 2 has a name"),
        ("a b:hunter2", "entry 1 has a name"),
        ("\(String(repeating: "n", count: 65)):hunter2", "1 to 64"),
        ("hunter2:hunter3:hunter4", "entry 1 has a token with"),
        ("hunter2,", "entry 2 has no token"),
        (",", "entry 1 has no token"),
        ("anna:", "entry 1 has no token"),
        ("  ", "entry 1 has no token"),
        ("hunter 2", "entry 1 has a token with a space"),
        ("anna: hunter2", "entry 1 has a token with a space"),
        ("hüntér2", "outside of ASCII"),
        (String(repeating: "x", count: 513), "over 512 bytes"),
        ("local:hunter2", "uses itself"),
        ("sync:hunter2", "uses itself"),
        ("anna:hunter2,bert:hunter2", "entry 2 has the token of an entry before it"),
        ("hunter2,hunter2", "entry 2 has the token of an entry before it"),
        ((0...64).map { "t\($0)" }.joined(separator: ","), "65 entries"),
    ])
    func refused(list: String, words: String) {
        let error = #expect(throws: AccessProblem.self) { try AdminTokens(list) }
        #expect(error?.problem.contains(words) == true, "\(error?.problem ?? "")")
        #expect(!"\(String(describing: error))".contains("hunter"))
    }

    @Test func neverShown() throws {
        let tokens = try AdminTokens("anna:hunter2,hunter3")
        var dumped = ""
        dump(tokens, to: &dumped)
        dump(BearerToken("hunter4"), to: &dumped)
        for text in ["\(tokens)", String(reflecting: tokens), dumped, "\(BearerToken("hunter4"))"] {
            #expect(!text.contains("hunter"), "\(text)")
        }
        #expect("\(tokens)" == "anna,admin")
    }
}
