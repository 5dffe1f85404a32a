/// A protection domain: keys and queues of one may be used together.
package struct ProtectionDomain: Sendable, BitwiseCopyable {
    package init() {}
}

/// A transport domain: groups transport interfaces, so that a function need not hear its own frames.
package struct TransportDomain: Sendable, BitwiseCopyable {
    package init() {}
}

/// A page of doorbells; its number is that of the page of BAR0 (native interface, section 1.4).
package struct UserAccessRegion: Sendable, BitwiseCopyable {
    package init() {}
}
