import Ingest
import Testing

/// Which keys are sensitive, and what configuration changes about it.
struct ScrubKeyTests {
    @Test(arguments: [
        "password", "Password", "PASSWORD", "passwd", "pwd", "user_password", "userPassword", "DB_PASSWORD",
        "db-password",
        "spring.datasource.password", "password2", "password_2", "passwordHash", "password_confirmation", "PGPASSWORD",
        "secret", "clientSecret", "client_secret", "secret_key_base", "token", "accessToken", "refresh_token",
        "id_token",
        "authtoken", "csrfToken", "csrf", "xsrf", "api key", "apiKey", "api_key", "API_KEY", "APIKey", "x-api-key",
        "apikey",
        "privateKey", "private_key", "accessKey", "aws_secret_access_key", "sessionId", "session_id", "sessionid",
        "session",
        "PHPSESSID", "connect.sid", "authorization", "Proxy-Authorization", "auth", "cookie", "Cookie", "set-cookie",
        "cookies",
        "credentials", "credential", "ssn", "socialSecurityNumber", "creditCard", "card_number", "cardNumber", "cvv",
        "cvv2", "iban",
        "otp", "jwt", "MYSQL_PWD", "bearer", "PWD",
        "password_", "password__", "password[]", "password[0]", "Password:", "secrets:", "password?", "Password *",
        "Your password: ",
    ])
    func sensitive(_ key: String) {
        #expect(scrubbed("{\"\(key)\":\"v-1\"}") == "{\"\(key)\":\"[scrubbed]\"}")
    }

    @Test(arguments: [
        "author", "authors", "authority", "tokenizer", "max_tokens", "maxTokens", "prompt_tokens", "token_count",
        "tokenType",
        "passwordless", "passwordLength", "password_reset_url", "secretary", "secretName", "cookieConsent", "sessions",
        "session_count", "monkey", "key", "keys", "keyboard", "primaryKey", "cache_key", "sortKey", "compass", "bypass",
        "OLDPWD", "pin", "card", "discard", "id", "hash", "value", "header", "text", "signature", "nonce", "expiry",
        "basic",
    ])
    func notSensitive(_ key: String) {
        let text = "{\"\(key)\":\"v-1\"} \(key)=v-1 \(key): v-1"
        #expect(scrubbed(text) == text)
    }

    /// `PWD` is a password in a connection string, and the working directory of a shell.
    @Test func workingDirectoryIsKept() {
        for text in ["PWD=/app", "PWD: ~/x", "{\"PWD\":\"/app\"}", "PWD='C:\\app'", "PWD=\\\\server\\x", "PWD=", "PWD"]
        {
            #expect(scrubbed(text) == text)
        }
        #expect(scrubbed("PWD=app") == "PWD=[scrubbed]")
        #expect(scrubbed("UID=sa;PWD=/x7") == "UID=sa;PWD=[scrubbed]")
    }

    @Test func additionalKeysAreLookedForLikeBuiltInOnes() {
        let scrubber = Scrubber(additionalKeys: ["patientId", "mother's maiden name", "k", "ключ"])
        for key in [
            "patient_id=", "X-Patient-ID: ", "{\"patientID\":", "mother_s_maiden_name=", "k=", "my_k=", "ключ=",
        ] {
            #expect(scrubbed(key + "17", with: scrubber) == key + "[scrubbed]")
            #expect(scrubbed(key + "17") == key + "17")
        }
        #expect(scrubbed("patient=1 idPatient=2 ok=3", with: scrubber) == "patient=1 idPatient=2 ok=3")
    }

    @Test func keptKeysWinOverShorterOnes() {
        let scrubber = Scrubber(keptKeys: ["csrf_token", "session"])
        #expect(scrubbed("csrfToken=a1 access_token=b2", with: scrubber) == "csrfToken=a1 access_token=[scrubbed]")
        #expect(
            scrubbed("{\"session\":\"a1\",\"session_id\":\"b2\"}", with: scrubber)
                == "{\"session\":\"a1\",\"session_id\":\"[scrubbed]\"}")
    }

    @Test func keptKeysWinOverAdditionalOnes() {
        let scrubber = Scrubber(additionalKeys: ["shoe size"], keptKeys: ["shoeSize"])
        #expect(scrubbed("shoe_size=44", with: scrubber) == "shoe_size=44")
    }

    @Test func tellsWhatCanBeAKey() {
        for key in ["k", "api key", "x-y_z", "ключ", String(repeating: "k", count: 64)] { #expect(Scrubber.isKey(key)) }
        for key in ["", "  ", "--", "12", String(repeating: "k", count: 65)] { #expect(!Scrubber.isKey(key), "\(key)") }
    }
}
