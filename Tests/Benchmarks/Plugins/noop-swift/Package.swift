// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "noop-swift",
    products: [.library(name: "NoOp", type: .dynamic, targets: ["NoOp"])],
    dependencies: [.package(path: "../../../../PluginSDK")],
    targets: [
        .target(name: "CManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        .target(
            name: "NoOp",
            dependencies: [
                "CManifest",
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
