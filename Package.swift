// swift-tools-version: 6.2
import PackageDescription

// MARTLET_STRICT=1 makes warnings errors; the gate does so (Tools/test), whoever only builds need not.
let isStrict = Context.environment["MARTLET_STRICT"] != nil
let common: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])
let package = Package(
    name: "martlet",
    products: [.executable(name: "martlet", targets: ["martlet"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", exact: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

        .target(name: "CAllocator"),
        .target(name: "CSockets"),

        // The three leaves: small, `@inlinable`, no dependencies of their own.
        .target(name: "Simulation", swiftSettings: common),
        .target(name: "Wire", swiftSettings: common),
        .target(name: "Host", dependencies: ["Simulation", "Wire"], swiftSettings: common),

        .target(
            name: "NIC",
            dependencies: [
                "Simulation", "Wire", "Host", .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: common),
        .target(name: "Driver", dependencies: ["Simulation", "Wire", "Host"], swiftSettings: common),
        .target(name: "Capture", dependencies: ["Simulation", "Wire", "CPcap", "CZstd"], swiftSettings: common),
        .target(
            name: "Servers", dependencies: ["Simulation", "Wire", "Host", "NIC", "Capture", "CSockets"],
            swiftSettings: common),
        .target(
            name: "Scenario",
            dependencies: [
                "Simulation", "Wire", "Host", "NIC", "Driver", "Capture", "Servers",
                .product(name: "BasicContainers", package: "swift-collections"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: common),
        .target(
            name: "Performance",
            dependencies: ["Simulation", "Wire", "Host", "NIC", "Driver", "Capture", "Scenario", "CAllocator"],
            swiftSettings: common),
        .executableTarget(
            name: "martlet",
            dependencies: [
                "Simulation", "Wire", "Host", "NIC", "Driver", "Capture", "Servers", "Scenario", "Performance",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: common),

        .target(name: "TestSupport", dependencies: ["Simulation"], path: "Tests/TestSupport", swiftSettings: common),
        .testTarget(name: "SimulationTests", dependencies: ["Simulation", "TestSupport"], swiftSettings: common),
        .testTarget(name: "WireTests", dependencies: ["Wire", "TestSupport"], swiftSettings: common),
        .testTarget(
            name: "HostTests", dependencies: ["Host", "Simulation", "Wire", "TestSupport"], swiftSettings: common),
        .target(
            name: "FuzzWorld", dependencies: ["NIC", "Host", "Simulation", "Wire"], path: "Tests/Fuzz/World",
            swiftSettings: common),
        .testTarget(
            name: "NICTests", dependencies: ["NIC", "Host", "Simulation", "Wire", "TestSupport", "FuzzWorld"],
            swiftSettings: common),
        .testTarget(
            name: "DriverTests", dependencies: ["Driver", "Host", "Simulation", "Wire", "TestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "CaptureTests", dependencies: ["Capture", "Simulation", "Wire", "TestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "ServersTests",
            dependencies: [
                "Servers", "Scenario", "CSockets", "Capture", "Driver", "Host", "Simulation", "Wire", "TestSupport",
            ],
            swiftSettings: common),
        .testTarget(
            name: "ScenarioTests",
            dependencies: [
                "Scenario", "Capture", "Driver", "NIC", "Host", "Simulation", "Wire", "TestSupport",
            ],
            swiftSettings: common),
        .testTarget(
            name: "PerformanceTests",
            dependencies: ["Performance", "Scenario", "NIC", "Host", "Simulation", "Wire", "TestSupport"],
            swiftSettings: common),
    ]
)

// MARTLET_FUZZ=1 adds the fuzzer; how to build and run it is in Tests/Fuzz/README.md.
// The fuzzer takes files of a test target, which therefore cannot be there at the same time.
if Context.environment["MARTLET_FUZZ"] != nil {
    package.targets.removeAll { $0.isTest }
    package.targets.append(
        .executableTarget(
            name: "FuzzCommands", dependencies: ["NIC", "Host", "Simulation", "Wire"], path: "Tests",
            sources: [
                "Fuzz/Commands/main.swift", "NICTests/Firmware/CommandClient.swift",
                "NICTests/Firmware/CommandClient+Probe.swift", "NICTests/Firmware/CommandFuzz.swift",
            ],
            swiftSettings: common))
    package.targets.append(
        .executableTarget(
            name: "FuzzDataPath", dependencies: ["NIC", "Host", "Simulation", "Wire"], path: "Tests",
            sources: [
                "Fuzz/DataPath/main.swift", "NICTests/Bench.swift", "NICTests/Bench+Objects.swift",
                "NICTests/DataPathFuzz.swift", "NICTests/Headers.swift",
            ],
            swiftSettings: common))
    package.products.append(.executable(name: "martlet-fuzz", targets: ["MartletFuzz"]))
    package.targets.append(
        .executableTarget(
            name: "MartletFuzz", dependencies: ["FuzzWorld", "Capture", "Simulation"], path: "Tests/Fuzz/Targets",
            swiftSettings: common + [.unsafeFlags(["-parse-as-library"])]))
}
