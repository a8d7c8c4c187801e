extension SensitiveKeys {
    /// The words of `docs/scrubbing.md`. Words of one entry may be written together, apart or joined.
    static let builtIn: [(KeyClass, [String])] = [
        (
            .strong,
            [
                "password", "passwords", "passwd", "passphrase", "passcode", "passkey", "pwd", "secret", "secrets",
                "token",
                "access tokens", "refresh tokens", "auth tokens", "api tokens",
                "api key", "api keys", "private key", "private keys", "secret key", "access key", "auth key",
                "encryption key", "signing key", "master key", "shared key", "session key", "account key",
                "storage key",
                "ssh key", "gpg key", "pgp key", "rsa key", "hmac key", "consumer key", "subscription key",
                "session id", "sess id", "php sess id", "jsession id", "connect sid", "asp net session id",
                "authorization code", "auth code", "one time code", "otp", "totp", "jwt",
                "csrf", "xsrf", "x amz signature", "x amz credential",
                "ssn", "social security", "social security number", "iban",
                "credit card", "credit card number", "card number", "card no", "cc number", "cc num", "cvv", "cvc",
                "cvn",
                "card security code", "security code",
            ]
        ),
        (.weak, ["auth", "session", "pass", "credential", "credentials", "cookies", "bearer", "sid", "sig"]),
        (.authorization, ["authorization"]),
        (.cookie, ["cookie", "set cookie"]),
        (
            .filler,
            [
                "value", "val", "hash", "hashed", "header", "string", "str", "text", "raw", "plain", "plaintext",
                "encoded",
                "encrypted", "base", "hex", "confirm", "confirmation", "again", "repeat", "json",
            ]
        ),
        // Parsers say "Unexpected token: )".
        (.kept, ["unexpected token", "illegal token"]),
    ]

    /// `InvalidToken: …` and `expired_token: …` name errors.
    static let errorAdjectives = [
        "invalid", "expired", "missing", "bad", "wrong", "unknown", "revoked", "malformed", "incorrect", "unsupported",
    ]
    static let errorNouns = [
        "token", "password", "secret", "api key", "access key", "private key", "session id", "jwt", "authorization",
        "access token", "refresh token", "id token",
    ]

    /// A word that ends like this is sensitive although it stands in no table: `PGPASSWORD`.
    static let unmistakableEndings: [StaticString] = [
        "password", "passwd", "passphrase", "secret", "token", "apikey", "secretkey", "privatekey", "accesskey",
        "sessionid",
    ]
}
