#include "neural/weights/safetensors.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/json/json.h"
#include "neural/weights/mapped_file.h"
#include "neural/weights/merged.h"
#include "neural/weights/part_file.h"

namespace neural {
namespace {

using tensor::DType;
using tensor::Shape;
using tensor::Tensor;

constexpr uint64_t kMaxHeader = 100'000'000;  // the format's own limit

struct Entry {
    TensorInfo info;
    size_t begin = 0, end = 0;  // in the file
};

std::optional<DType> type_of(std::string_view name) {
    if (name == "F32") return DType::F32;
    if (name == "F16") return DType::F16;
    if (name == "BF16") return DType::BF16;
    if (name == "F8_E4M3") return DType::F8E4M3;
    if (name == "F64") return DType::F64;
    if (name == "I8") return DType::I8;
    if (name == "U8" || name == "BOOL") return DType::U8;
    if (name == "I32") return DType::I32;
    if (name == "I64") return DType::I64;
    return std::nullopt;
}
std::string_view name_of(DType type) {
    switch (type) {
        case DType::F16: return "F16";
        case DType::BF16: return "BF16";
        case DType::F8E4M3: return "F8_E4M3";
        case DType::F64: return "F64";
        case DType::I8: return "I8";
        case DType::I32: return "I32";
        case DType::I64: return "I64";
        case DType::F32: return "F32";
        default: return "U8";
    }
}

class Safetensors final : public TensorSource {
public:
    std::string where() const override { return name_; }
    std::vector<std::string> names() const override {
        std::vector<std::string> all;
        for (const auto& [name, entry] : entries_) all.push_back(name);
        return all;
    }
    std::optional<TensorInfo> info(const std::string& name, const Shape&) const override {
        const auto found = entries_.find(name);
        if (found == entries_.end()) return std::nullopt;
        return found->second.info;
    }
    base::Result<Tensor> load(const std::string& name, const Shape&) const override {
        const auto found = entries_.find(name);
        if (found == entries_.end()) return base::failed("has no tensor " + name, name_);
        const Entry& e = found->second;
        return Tensor(e.info.shape, e.info.dtype,
                      std::shared_ptr<const std::byte>(bytes_, bytes_.get() + e.begin));
    }
    std::vector<std::span<const std::byte>> memory_of(const std::string& name) const override {
        const auto found = entries_.find(name);
        if (found == entries_.end() || !mapped_) return {};
        return {{bytes_.get() + found->second.begin, found->second.end - found->second.begin}};
    }
    std::string metadata(const std::string& key) const override {
        const auto found = metadata_.find(key);
        return found == metadata_.end() ? std::string() : found->second;
    }
    std::vector<std::string> metadata_keys() const override {
        std::vector<std::string> keys;
        for (const auto& [key, value] : metadata_) keys.push_back(key);
        return keys;
    }

    static base::Result<std::shared_ptr<TensorSource>> parse(std::shared_ptr<const std::byte> bytes,
                                                             size_t size, const std::string& name,
                                                             bool mapped) {
        auto file = std::make_shared<Safetensors>();
        file->bytes_ = std::move(bytes);
        file->name_ = name;
        file->mapped_ = mapped;
        TRY(file->read_header(size));
        return std::shared_ptr<TensorSource>(file);
    }

private:
    base::Error wrong(const std::string& what) const {
        return base::failed("not a sound safetensors file: " + what, name_);
    }

    base::Status read_header(size_t size) {
        uint64_t length = 0;
        if (size < 8) return wrong("it ends within its first 8 bytes");
        std::memcpy(&length, bytes_.get(), 8);
        if (length > kMaxHeader || length > size - 8) {
            return wrong("it announces a header of " + std::to_string(length) +
                         " bytes, the file has " + std::to_string(size));
        }
        const auto* text = reinterpret_cast<const char*>(bytes_.get()) + 8;
        size_t keys = 0;
        bool deep = false;
        const auto count_keys = [&](int depth, nlohmann::json::parse_event_t event,
                                    nlohmann::json&) {
            deep = deep || depth > 4;
            if (depth == 1 && event == nlohmann::json::parse_event_t::key) ++keys;
            return !deep;
        };
        const nlohmann::json header = nlohmann::json::parse(text, text + length, count_keys, false);
        if (deep || !header.is_object()) return wrong("its header is no JSON object");
        if (header.size() != keys) return wrong("a name stands twice in its header");
        for (const auto& [name, value] : header.items()) {
            if (name == "__metadata__") {
                TRY(read_metadata(value));
            } else {
                TRY(read_entry(name, value, 8 + static_cast<size_t>(length), size));
            }
        }
        return check_overlap();
    }

    base::Status read_metadata(const nlohmann::json& value) {
        if (!value.is_object()) return wrong("__metadata__ is no object");
        for (const auto& [key, text] : value.items()) {
            if (text.is_string()) metadata_[key] = text.get<std::string>();
        }
        return {};
    }

    base::Status read_entry(const std::string& name, const nlohmann::json& value, size_t start,
                            size_t size) {
        const auto say = [&](const std::string& what) {
            return wrong("tensor " + name.substr(0, 200) + " " + what);
        };
        if (!value.is_object() || !value.contains("dtype") || !value.contains("shape") ||
            !value.contains("data_offsets")) {
            return say("lacks dtype, shape or data_offsets");
        }
        const auto& dims = value["shape"];
        const auto& offsets = value["data_offsets"];
        if (!value["dtype"].is_string()) return say("has a dtype that is no string");
        const auto type = type_of(value["dtype"].get_ref<const std::string&>());
        if (!type)
            return say("has the unknown type " + value["dtype"].get<std::string>().substr(0, 40));
        if (!dims.is_array() || dims.size() > Shape::kMaxRank)
            return say("has a shape of more than 8 axes");
        Entry entry;
        entry.info.dtype = *type;
        uint64_t elements = 1;
        for (const auto& d : dims) {
            if (!d.is_number_unsigned() || d.get<uint64_t>() > (uint64_t{1} << 40))
                return say("has an impossible axis");
            entry.info.shape.append(static_cast<int64_t>(d.get<uint64_t>()));
            if (__builtin_mul_overflow(elements, d.get<uint64_t>(), &elements) ||
                elements > (uint64_t{1} << 50)) {
                return say("has an impossible shape");
            }
        }
        if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
            !offsets[1].is_number_unsigned()) {
            return say("has no pair of offsets");
        }
        const uint64_t begin = offsets[0].get<uint64_t>(), end = offsets[1].get<uint64_t>();
        if (begin > end || end > size - start) {
            return say("lies beyond the end of the file; is the download complete?");
        }
        if (end - begin != *tensor::bytes_of(*type, static_cast<int64_t>(elements))) {
            return say("has " + std::to_string(end - begin) + " bytes, its shape needs " +
                       std::to_string(*tensor::bytes_of(*type, static_cast<int64_t>(elements))));
        }
        entry.begin = start + static_cast<size_t>(begin);
        entry.end = start + static_cast<size_t>(end);
        entries_.emplace(name, entry);
        return {};
    }

    base::Status check_overlap() const {
        std::vector<std::pair<const Entry*, const std::string*>> order;
        for (const auto& [name, entry] : entries_) {
            if (entry.begin != entry.end) order.emplace_back(&entry, &name);
        }
        std::sort(order.begin(), order.end(),
                  [](const auto& a, const auto& b) { return a.first->begin < b.first->begin; });
        for (size_t i = 1; i < order.size(); ++i) {
            if (order[i].first->begin < order[i - 1].first->end) {
                return wrong("tensors " + order[i - 1].second->substr(0, 200) + " and " +
                             order[i].second->substr(0, 200) + " overlap");
            }
        }
        return {};
    }

    std::shared_ptr<const std::byte> bytes_;
    std::string name_;
    bool mapped_ = false;
    std::map<std::string, Entry> entries_;
    std::map<std::string, std::string> metadata_;
};

base::Result<std::shared_ptr<TensorSource>> open_index(const std::filesystem::path& index) {
    const MappedFile file = TRY(map_file(index.string()));
    const auto* text = reinterpret_cast<const char*>(file.bytes.get());
    const base::Json json =
        TRY(base::parse_json({text, static_cast<size_t>(file.size)}, index.string()));
    if (!json.is_object() || !json.contains("weight_map") || !json["weight_map"].is_object()) {
        return base::failed("is no index of shards: weight_map is missing", index.string());
    }
    std::map<std::string, std::shared_ptr<TensorSource>> opened, part_of;
    for (const auto& [name, value] : json["weight_map"].items()) {
        if (!value.is_string()) return base::failed("names no file for " + name, index.string());
        const std::filesystem::path part = value.get<std::string>();
        if (part.has_parent_path() || !part.has_filename() || part == "..")
            return base::failed("names a file outside its folder: " + part.string(),
                                index.string());
        auto& shard = opened[part.string()];
        if (!shard) shard = TRY(open_safetensors((index.parent_path() / part).string()));
        if (!shard->info(name, {}))
            return base::failed(
                "says that " + part.string() + " holds " + name + ", which it does not",
                index.string());
        part_of[name] = shard;
    }
    return merge_sources(index.string(), std::move(part_of));
}

}  // namespace

base::Result<std::shared_ptr<TensorSource>> parse_safetensors(
    std::shared_ptr<const std::byte> bytes, size_t size, const std::string& name, bool mapped) {
    return Safetensors::parse(std::move(bytes), size, name, mapped);
}

base::Result<std::shared_ptr<TensorSource>> open_safetensors(const std::string& path) {
    if (path.ends_with(".index.json")) return open_index(path);
    const MappedFile file = TRY(map_file(path));
    return Safetensors::parse(file.bytes, file.size, path, true);
}

base::Status write_safetensors(const std::string& path,
                               const std::vector<std::pair<std::string, Tensor>>& tensors,
                               const std::map<std::string, std::string>& metadata) {
    nlohmann::json header = nlohmann::json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    uint64_t offset = 0;
    for (const auto& [name, t] : tensors) {
        if (tensor::block_elements(t.dtype()) != 1 || t.dtype() == DType::Encoded) {
            return base::failed(
                "safetensors has no type " + std::string(tensor::dtype_name(t.dtype())), path);
        }
        header[name] = {
            {"dtype", name_of(t.dtype())},
            {"shape", std::vector<int64_t>(t.shape().dims().begin(), t.shape().dims().end())},
            {"data_offsets", {offset, offset + t.bytes()}}};
        offset += t.bytes();
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const uint64_t length = text.size();
    PartFile file = TRY(PartFile::create(path));
    TRY(file.append(&length, 8));
    TRY(file.append(text.data(), text.size()));
    for (const auto& [name, t] : tensors) TRY(file.append(t.raw(), t.bytes()));
    return file.commit();
}

}  // namespace neural
