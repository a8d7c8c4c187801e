import Testing

/// The suites that load the machine or stop servers, one test after the other.
@Suite(.serialized) enum HeavyTests {}
