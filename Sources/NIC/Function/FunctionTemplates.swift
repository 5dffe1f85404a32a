import Wire

/// What functions of one kind have in common, made once: an idle function refers to it and keeps only what is its own.
struct FunctionTemplates: Sendable {
    private let physicalSpaces: [ConfigurationLayout]
    private let virtualSpace: ConfigurationLayout
    private let physicalCapabilities: [CapabilityTemplate]
    private let virtualCapabilities: CapabilityTemplate
    private let subCapabilities: CapabilityTemplate

    init(_ parameters: NICParameters, _ layout: FunctionLayout) {
        // The link status says what the link is timed as.
        var identity = parameters.identity
        identity.linkGeneration = parameters.pcie.generation
        identity.laneCount = parameters.pcie.laneCount
        var virtual = identity
        virtual.vectorCount = parameters.capacity.virtualFunctionVectorCount
        physicalSpaces = parameters.functions.indices.map { number in
            let count = layout.virtualCount(of: number)
            let offset = layout.firstVFOffset(of: number)
            let slices = layout.subCount(of: number)
            var sliceByteCount = slices == 0 ? 0 : UInt64(1) << UInt64(parameters.capacity.logSubfunctionByteCount)
            while sliceByteCount >> UInt64(parameters.capacity.logSubfunctionByteCount) < UInt64(slices) {
                sliceByteCount *= 2
            }
            return ConfigurationLayout(
                physical: identity,
                virtualFunctions: count == 0 ? nil : .init(count: count, firstOffset: offset),
                sliceByteCount: sliceByteCount)
        }
        virtualSpace = ConfigurationLayout(virtual: virtual)
        physicalCapabilities = parameters.functions.indices.map {
            CapabilityTemplate(parameters, layout, .physical($0))
        }
        virtualCapabilities = CapabilityTemplate(parameters, layout, .virtual(0, of: 0))
        subCapabilities = CapabilityTemplate(parameters, layout, .sub(0, of: 0))
    }

    func configurationLayout(of kind: FunctionLayout.Kind) -> ConfigurationLayout {
        kind.isVirtual ? virtualSpace : physicalSpaces[kind.physical]
    }

    func capabilities(of kind: FunctionLayout.Kind) -> CapabilityTemplate {
        switch kind {
        case .physical(let number): physicalCapabilities[number]
        case .virtual: virtualCapabilities
        case .sub: subCapabilities
        }
    }
}
