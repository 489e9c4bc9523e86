#include "neural/weights/open.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>

#include "neural/weights/gguf.h"
#include "neural/weights/mapped_file.h"
#include "neural/weights/merged.h"
#include "neural/weights/safetensors.h"
#include "neural/weights/scaled.h"
#include "neural/weights/torch_file.h"

namespace neural {
namespace {

namespace fs = std::filesystem;

base::Result<std::shared_ptr<TensorSource>> open_file(const std::string& path) {
    if (path.ends_with(".index.json")) return open_safetensors(path);
    const MappedFile file = TRY(map_file(path));
    if (file.size >= 4 && std::memcmp(file.bytes.get(), "GGUF", 4) == 0)
        return parse_gguf(file.bytes, file.size, path, true);
    if (file.size >= 4 && std::memcmp(file.bytes.get(), "PK\3\4", 4) == 0)
        return parse_torch_file(file.bytes, file.size, path, true);
    // A safetensors file begins with the length of its header, eight bytes, and the header's brace.
    if (file.size >= 9 && static_cast<char>(file.bytes.get()[8]) == '{')
        return parse_safetensors(file.bytes, file.size, path, true);
    return base::failed("is neither a safetensors nor a GGUF nor a PyTorch file", path);
}

// "a-00002-of-00003.gguf" -> "a", ".gguf", 3; zero shards: not a name of that form.
struct ShardName {
    std::string stem, extension;
    int index = 0, count = 0;
};
ShardName shard_name(const fs::path& path) {
    const std::string stem = path.stem().string();
    constexpr size_t kTail = 15;  // -00002-of-00003
    int index = 0, count = 0, used = 0;
    if (stem.size() <= kTail ||
        std::sscanf(stem.c_str() + stem.size() - kTail, "-%5d-of-%5d%n", &index, &count, &used) !=
            2 ||
        used != static_cast<int>(kTail)) {
        return {};
    }
    return {stem.substr(0, stem.size() - kTail), path.extension().string(), index, count};
}

base::Result<std::shared_ptr<TensorSource>> open_folder(const fs::path& folder) {
    std::vector<fs::path> files, indices;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (name.ends_with(".safetensors.index.json")) indices.push_back(it->path());
        if (name.ends_with(".safetensors") || name.ends_with(".gguf")) files.push_back(it->path());
    }
    if (error) return base::failed("cannot be read: " + error.message(), folder.string());
    std::sort(files.begin(), files.end());
    if (indices.size() == 1) return open_file(indices[0].string());
    if (indices.empty() && files.size() == 1 && shard_name(files[0]).count <= 1)
        return open_file(files[0].string());
    if (indices.empty() && !files.empty()) {
        const ShardName first = shard_name(files[0]);
        std::vector<std::shared_ptr<TensorSource>> parts;
        bool one_model = first.count == static_cast<int>(files.size());
        for (size_t i = 0; one_model && i < files.size(); ++i) {
            const ShardName each = shard_name(files[i]);
            one_model = each.stem == first.stem && each.extension == first.extension &&
                        each.count == first.count && each.index == static_cast<int>(i) + 1;
        }
        if (one_model) {
            for (const fs::path& file : files) parts.push_back(TRY(open_file(file.string())));
            return merge_sources(folder.string(), parts);
        }
        if (first.count > 0 && first.count > static_cast<int>(files.size())) {
            return base::failed("holds " + std::to_string(files.size()) + " of " +
                                    std::to_string(first.count) + " shards of " + first.stem,
                                folder.string());
        }
    }
    return base::failed("holds " + std::to_string(files.size()) +
                            " weight files (.safetensors, .gguf) and " +
                            std::to_string(indices.size()) + " indices; name the one that is meant",
                        folder.string());
}

}  // namespace

base::Result<std::shared_ptr<TensorSource>> open_weights(const std::string& path) {
    std::error_code error;
    const auto raw = fs::is_directory(path, error) ? TRY(open_folder(path)) : TRY(open_file(path));
    return with_scales(raw);
}

}  // namespace neural
