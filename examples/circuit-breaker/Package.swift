// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "circuit-breaker",
    products: [.library(name: "circuit_breaker", type: .dynamic, targets: ["CircuitBreakerEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "CircuitBreaker",
            dependencies: [.product(name: "PluginSDK", package: "PluginSDK")]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CCircuitBreakerManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "CircuitBreakerEntry",
            dependencies: [
                "CircuitBreaker", "CCircuitBreakerManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "CircuitBreakerTests",
            dependencies: [
                "CircuitBreaker", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
