import MySQLClient
import Testing

@Suite struct MySQLEndpointTests {
    @Test(arguments: [
        (
            "mysql://u:p@db.example:3307/errors",
            MySQLEndpoint(
                address: .tcp(host: "db.example", port: 3307), user: "u", password: "p", database: "errors"
            )
        ),
        (
            "mariadb://u@db/errors",
            MySQLEndpoint(address: .tcp(host: "db", port: 3306), user: "u", password: nil, database: "errors")
        ),
        (
            "mysql://u:p%40%3A%2F%25@[::1]:3306/e%20e",
            MySQLEndpoint(address: .tcp(host: "::1", port: 3306), user: "u", password: "p@:/%", database: "e e")
        ),
        (
            "mysql://u:a@b@db/errors",
            MySQLEndpoint(address: .tcp(host: "db", port: 3306), user: "u", password: "a@b", database: "errors")
        ),
        (
            "mysql://root@/errors?socket=/run/mysqld/mysqld.sock",
            MySQLEndpoint(
                address: .unixSocket(path: "/run/mysqld/mysqld.sock"), user: "root", password: nil, database: "errors"
            )
        ),
        (
            "mysql://u:p@db/errors?tls=on",
            MySQLEndpoint(
                address: .tcp(host: "db", port: 3306), user: "u", password: "p", database: "errors",
                tls: .verified()
            )
        ),
    ])
    func goodURLs(url: String, endpoint: MySQLEndpoint) throws {
        #expect(try MySQLEndpoint(url: url) == endpoint)
    }

    @Test(arguments: [
        ("postgres://u:hunter2@db/errors", "mysql://"),
        ("mysql://u:hunter2@db", "database"),
        ("mysql://u:hunter2@db/", "database"),
        ("mysql://u:hunter2@db/a/b", "one database"),
        ("mysql://db/errors", "user"),
        ("mysql://:hunter2@db/errors", "user"),
        ("mysql://u:hunter2@/errors", "host"),
        ("mysql://u:hunter2@db:0/errors", "port"),
        ("mysql://u:hunter2@db:70000/errors", "port"),
        ("mysql://u:hunter2@db:/errors", "port"),
        ("mysql://u:hunter2@[::1/errors", "IPv6"),
        ("mysql://u:hunter2%zz@db/errors", "hex"),
        ("mysql://u:hunter2%ff@db/errors", "UTF-8"),
        ("mysql://u:hunter2#x@db/errors", "%23"),
        ("mysql://u:hunter2@db/errors?socket=/s", "both"),
        ("mysql://u:hunter2@/errors?socket=relative", "absolute"),
        ("mysql://u:hunter2@db/errors?tls=maybe", "on or off"),
        ("mysql://u:hunter2@/errors?socket=/s&tls=on", "TLS"),
        ("mysql://u:hunter2@db/errors?tls-ca=", "must name a file"),
        ("mysql://u:hunter2@db/errors?tls-ca=/nonexistent/ca.pem", "the file of tls-ca, /nonexistent/ca.pem"),
        ("mysql://u:hunter2@db/errors?tls-ca=/tmp", "not a regular file"),
        ("mysql://u:hunter2@db/errors?tls-ca=/etc/hostname", "PEM"),
        ("mysql://u:hunter2@db/errors?tls-cert=/nonexistent/c", "both"),
        ("mysql://u:hunter2@db/errors?tls=on&verify=off", "the options are"),
        ("mysql://u:hunter2@db/errors?colour=blue", "socket, tls"),
        ("", "mysql://"),
    ])
    func badURLsNameTheRuleAndHideThePassword(url: String, word: String) {
        let error = #expect(throws: MySQLError.self) { try MySQLEndpoint(url: url) }
        #expect(error?.code == .invalidURL)
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func noDescriptionShowsThePassword() throws {
        let endpoint = try MySQLEndpoint(url: "mysql://u:hunter2@db/errors?tls=on")
        var dumped = ""
        dump(endpoint, to: &dumped)
        for text in ["\(endpoint)", String(reflecting: endpoint), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("db:3306"))
        }
    }
}
