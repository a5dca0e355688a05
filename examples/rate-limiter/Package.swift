// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "rate-limiter",
    products: [.library(name: "rate_limiter", type: .dynamic, targets: ["RateLimiterEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "RateLimiter",
            dependencies: [
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ],
            swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CRateLimiterManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "RateLimiterEntry",
            dependencies: [
                "RateLimiter", "CRateLimiterManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "RateLimiterTests",
            dependencies: [
                "RateLimiter", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
                .product(name: "PluginSDK", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
