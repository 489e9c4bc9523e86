#include <chrono>
#include <filesystem>
#include <fstream>

#include "base/json/json.h"
#include "neural/bench/table.h"
#include "neural/ltx/transformer/transformer.h"
#include "neural/weights/open.h"
#include "neural/weights/stream.h"

namespace neural::bench {

namespace {

constexpr uint64_t kBytes = 42'000'000'000;

// A header as safetensors has it, then a hole.
base::Status write_sparse(const std::string& path, const std::vector<ShapesOnly::Asked>& tensors) {
    uint64_t at = 0;
    std::string header = "{";
    const auto entry = [&](const std::string& name, const std::string& type,
                           const std::string& shape, uint64_t bytes) {
        if (at > 0) header += ",";
        header += "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + shape +
                  "],\"data_offsets\":[" + std::to_string(at) + "," + std::to_string(at + bytes) +
                  "]}";
        at += bytes;
    };
    for (const auto& t : tensors) {
        std::string shape;
        for (int axis = 0; axis < t.shape.rank(); ++axis)
            shape += (axis ? "," : "") + std::to_string(t.shape[axis]);
        entry(t.name, "BF16", shape, 2 * static_cast<uint64_t>(t.shape.elements()));
    }
    // The rest of such a file: decoders, vocoder, text projections.
    if (at < kBytes) entry("others", "U8", std::to_string(kBytes - at), kBytes - at);
    header += "}";
    header.append((8 - header.size() % 8) % 8, ' ');
    std::ofstream file(path, std::ios::binary);
    for (int byte = 0; byte < 8; ++byte) file.put(static_cast<char>(header.size() >> (8 * byte)));
    file << header;
    file.close();
    std::error_code error;
    if (file) std::filesystem::resize_file(path, 8 + header.size() + at, error);
    if (!file || error)
        return base::failed(
            "cannot make a sparse file of 42 GB; give a folder on a file system "
            "that holds one with TMPDIR",
            path);
    return {};
}

}  // namespace

base::Result<Start> start_large_file(const std::string& folder) {
    const auto config = TRY(ltx::published_transformer_config("2.3"));
    const std::string prefix = "model.diffusion_model.";
    const auto shapes = std::make_shared<ShapesOnly>();
    TRY(ltx::Transformer::load(Loader(shapes, prefix), config));

    std::string pattern = folder + "/aozora-bench-XXXXXX";
    if (!mkdtemp(pattern.data())) return base::failed("cannot make a folder here", folder);
    struct Remove {
        std::string path;
        ~Remove() {
            std::error_code ignored;
            std::filesystem::remove_all(path, ignored);
        }
    } const remove{pattern};
    const std::string path = pattern + "/ltx-2.3.safetensors";
    TRY(write_sparse(path, shapes->asked()));

    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point t) {
        return std::chrono::duration<double>(Clock::now() - t).count();
    };
    Start s;
    s.bytes = static_cast<double>(std::filesystem::file_size(path));
    const uint64_t before = resident_bytes();
    auto start = Clock::now();
    const std::shared_ptr<TensorSource> source = TRY(open_weights(path));
    s.open_s = since(start);
    start = Clock::now();
    const auto net = TRY(ltx::Transformer::load(Loader(source, prefix), config));
    s.load_s = since(start);
    s.resident_mib =
        static_cast<double>(resident_bytes() - std::min(before, resident_bytes())) / (1 << 20);
    return s;
}

}  // namespace neural::bench
