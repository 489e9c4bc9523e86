#include "neural/weights/gguf.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "base/json/json.h"
#include "base/text/text.h"
#include "neural/weights/mapped_file.h"
#include "neural/weights/part_file.h"

namespace neural {
namespace {

using tensor::DType;
using tensor::Shape;
using tensor::Tensor;

constexpr char kMagic[4] = {'G', 'G', 'U', 'F'};
constexpr uint64_t kMostTensors = 1 << 20, kMostValues = 1 << 20;
constexpr uint64_t kLongestName = 1 << 16;
constexpr int kGgufAxes = 4;
constexpr int kDeepestArray = 4;
constexpr uint64_t kMostShownElements = 1 << 20;  // longer arrays give an empty one
constexpr const char* kShapeKey = "comfy.gguf.orig_shape.";

enum ValueType : uint32_t {
    kU8,
    kI8,
    kU16,
    kI16,
    kU32,
    kI32,
    kF32,
    kBool,
    kString,
    kArray,
    kU64,
    kI64,
    kF64,
};

// The size of a value of fixed size, 0 for strings and arrays and unknown types.
size_t fixed_size(uint32_t type) {
    switch (type) {
        case kU8:
        case kI8:
        case kBool: return 1;
        case kU16:
        case kI16: return 2;
        case kU32:
        case kI32:
        case kF32: return 4;
        case kU64:
        case kI64:
        case kF64: return 8;
        default: return 0;
    }
}

// ggml's numbers of the types (ggml.h, enum ggml_type).
struct TypeNumber {
    uint32_t number;
    DType type;
};
constexpr TypeNumber kTypes[] = {
    {0, DType::F32},   {1, DType::F16},   {2, DType::Q4_0},  {8, DType::Q8_0},
    {12, DType::Q4_K}, {13, DType::Q5_K}, {14, DType::Q6_K}, {24, DType::I8},
    {26, DType::I32},  {27, DType::I64},  {28, DType::F64},  {30, DType::BF16},
};

// Reads forward through foreign bytes; a read that does not fit makes it bad for good.
class Reader {
public:
    Reader(const std::byte* bytes, size_t size) : bytes_(bytes), size_(size) {}
    bool good() const { return good_; }
    size_t at() const { return at_; }
    void seek(size_t at) { at_ = at; }

    template <typename T>
    T take() {
        T value{};
        if (const std::byte* from = skip(sizeof(T))) std::memcpy(&value, from, sizeof(T));
        return value;
    }
    std::string text(uint64_t most) {
        const auto length = take<uint64_t>();
        if (length > most) good_ = false;
        const std::byte* from = good_ ? skip(length) : nullptr;
        return from ? std::string(reinterpret_cast<const char*>(from), length) : std::string();
    }
    const std::byte* skip(uint64_t count) {
        if (!good_ || count > size_ - at_) {
            good_ = false;
            return nullptr;
        }
        const std::byte* from = bytes_ + at_;
        at_ += count;
        return from;
    }

private:
    const std::byte* bytes_;
    size_t size_, at_ = 0;
    bool good_ = true;
};

struct Value {
    uint32_t type = 0;
    size_t at = 0;  // of its bytes in the file
};

// Walks over a value without keeping it. False: an unknown type, too deep, or beyond the end.
bool walk(Reader& r, uint32_t type, int depth) {
    if (const size_t size = fixed_size(type)) return r.skip(size) != nullptr;
    if (type == kString) {
        r.skip(r.take<uint64_t>());
        return r.good();
    }
    if (type != kArray || depth >= kDeepestArray) return false;
    const auto inner = r.take<uint32_t>();
    const auto count = r.take<uint64_t>();
    if (!r.good()) return false;
    if (const size_t size = fixed_size(inner)) {
        return count <= (uint64_t{1} << 48) && r.skip(count * size) != nullptr;
    }
    for (uint64_t i = 0; i < count; ++i) {
        if (!walk(r, inner, depth + 1)) return false;
    }
    return true;
}

base::Json json_of(Reader& r, uint32_t type) {
    switch (type) {
        case kU8: return r.take<uint8_t>();
        case kI8: return r.take<int8_t>();
        case kU16: return r.take<uint16_t>();
        case kI16: return r.take<int16_t>();
        case kU32: return r.take<uint32_t>();
        case kI32: return r.take<int32_t>();
        case kU64: return r.take<uint64_t>();
        case kI64: return r.take<int64_t>();
        case kF32: return r.take<float>();
        case kF64: return r.take<double>();
        case kBool: return r.take<uint8_t>() != 0;
        case kString: return r.text(~uint64_t{0});
        default: break;
    }
    const auto inner = r.take<uint32_t>();
    const auto count = r.take<uint64_t>();
    base::Json array = base::Json::array();
    if (count > kMostShownElements) return array;
    for (uint64_t i = 0; i < count && r.good(); ++i) array.push_back(json_of(r, inner));
    return array;
}

struct Entry {
    TensorInfo info;
    uint64_t begin = 0, end = 0;  // in the file
};

bool same_but_outer_ones(const Shape& a, const Shape& b) {
    const auto trimmed = [](const Shape& s) {
        auto dims = s.dims();
        while (!dims.empty() && dims.front() == 1) dims = dims.subspan(1);
        return dims;
    };
    return std::ranges::equal(trimmed(a), trimmed(b));
}

class Gguf final : public TensorSource {
public:
    Gguf(std::shared_ptr<const std::byte> bytes, size_t size, std::string name, bool mapped)
        : bytes_(std::move(bytes)), size_(size), name_(std::move(name)), mapped_(mapped) {}

    std::string where() const override { return name_; }
    std::vector<std::string> names() const override {
        std::vector<std::string> all;
        for (const auto& [name, entry] : entries_) all.push_back(name);
        return all;
    }
    std::optional<TensorInfo> info(const std::string& name, const Shape& wanted) const override {
        const auto found = entries_.find(name);
        if (found == entries_.end()) return std::nullopt;
        TensorInfo info = found->second.info;
        if (same_but_outer_ones(info.shape, wanted)) info.shape = wanted;
        return info;
    }
    base::Result<Tensor> load(const std::string& name, const Shape& wanted) const override {
        const auto known = info(name, wanted);
        if (!known) return base::failed("has no tensor " + name, name_);
        return Tensor(
            known->shape, known->dtype,
            std::shared_ptr<const std::byte>(bytes_, bytes_.get() + entries_.at(name).begin));
    }
    std::vector<std::span<const std::byte>> memory_of(const std::string& name) const override {
        const auto found = entries_.find(name);
        if (found == entries_.end() || !mapped_) return {};
        return {{bytes_.get() + found->second.begin, found->second.end - found->second.begin}};
    }
    std::string metadata(const std::string& key) const override {
        const auto found = values_.find(key);
        if (found == values_.end()) return {};
        const base::Json value = value_of(found->second);
        if (value.is_string()) return value.get<std::string>();
        return value.dump(-1, ' ', false, base::Json::error_handler_t::replace);
    }
    std::vector<std::string> metadata_keys() const override {
        std::vector<std::string> keys;
        for (const auto& [key, value] : values_) keys.push_back(key);
        return keys;
    }

    base::Status read() {
        Reader r(bytes_.get(), size_);
        const std::byte* magic = r.skip(4);
        if (!magic || std::memcmp(magic, kMagic, 4) != 0)
            return wrong("it does not begin with GGUF");
        const auto version = r.take<uint32_t>();
        if (version == 0x03000000u || version == 0x02000000u)
            return wrong("it is big-endian, which is not supported");
        if (version != 2 && version != 3)
            return wrong("its version is " + std::to_string(version) + ", known are 2 and 3");
        const auto tensors = r.take<uint64_t>();
        const auto values = r.take<uint64_t>();
        if (!r.good()) return wrong("it ends within its header");
        if (tensors > kMostTensors || values > kMostValues)
            return wrong("it announces " + std::to_string(tensors) + " tensors and " +
                         std::to_string(values) + " values");
        for (uint64_t i = 0; i < values; ++i) TRY(read_value(r, i));
        for (uint64_t i = 0; i < tensors; ++i) TRY(read_entry(r, i));
        return place(r.at());
    }

private:
    base::Error wrong(const std::string& what) const {
        return base::failed("not a sound GGUF file: " + what, name_);
    }
    base::Json value_of(const Value& value) const {
        Reader r(bytes_.get(), size_);
        r.seek(value.at);
        return json_of(r, value.type);
    }

    base::Status read_value(Reader& r, uint64_t index) {
        const std::string key = r.text(kLongestName);
        Value value;
        value.type = r.take<uint32_t>();
        value.at = r.at();
        if (!r.good() || !base::is_valid_utf8(key) || !walk(r, value.type, 0)) {
            return wrong("metadata value " + std::to_string(index) + " " +
                         (base::is_valid_utf8(key) ? key.substr(0, 200) + " " : std::string()) +
                         "is cut off or of an unknown type");
        }
        if (!values_.emplace(key, value).second)
            return wrong("the metadata " + key.substr(0, 200) + " stands twice");
        return {};
    }

    base::Status read_entry(Reader& r, uint64_t index) {
        const std::string name = r.text(kLongestName);
        const auto axes = r.take<uint32_t>();
        if (!r.good() || !base::is_valid_utf8(name))
            return wrong("entry " + std::to_string(index) + " of the tensor table is cut off");
        const auto say = [&](const std::string& what) {
            return wrong("tensor " + name.substr(0, 200) + " " + what);
        };
        if (axes > kGgufAxes) return say("has " + std::to_string(axes) + " axes, GGUF has four");
        uint64_t dims[kGgufAxes] = {}, elements = 1;
        for (uint32_t a = 0; a < axes; ++a) {
            dims[a] = r.take<uint64_t>();
            if (dims[a] > (uint64_t{1} << 40) ||
                __builtin_mul_overflow(elements, dims[a], &elements) ||
                elements > (uint64_t{1} << 50)) {
                return say("has an impossible shape");
            }
        }
        const auto number = r.take<uint32_t>();
        Entry entry;
        entry.begin = r.take<uint64_t>();
        if (!r.good()) return say("is cut off in the tensor table");
        const auto* type = std::ranges::find(kTypes, number, &TypeNumber::number);
        if (type == std::end(kTypes)) {
            return say("has GGUF's type " + std::to_string(number) +
                       ", which is not read here; known are f32, f16, bf16, q8_0, q4_0, q4_K, "
                       "q5_K, q6_K");
        }
        entry.info.dtype = type->type;
        for (uint32_t a = axes; a > 0; --a)
            entry.info.shape.append(static_cast<int64_t>(dims[a - 1]));
        const auto block = static_cast<uint64_t>(tensor::block_elements(type->type));
        if (axes == 0 ? block != 1 : dims[0] % block != 0)
            return say("has rows that are no whole number of blocks");
        entry.end = *tensor::bytes_of(type->type, static_cast<int64_t>(elements));
        TRY(published_shape(name, entry, elements, say));
        if (!entries_.emplace(name, entry).second) return say("stands twice");
        return {};
    }

    template <typename Say>
    base::Status published_shape(const std::string& name, Entry& entry, uint64_t elements,
                                 const Say& say) const {
        const auto found = values_.find(kShapeKey + name);
        if (found == values_.end()) return {};
        const base::Json dims = value_of(found->second);
        if (!dims.is_array() || dims.size() > static_cast<size_t>(Shape::kMaxRank))
            return say("has no shape in its metadata");
        Shape shape;
        uint64_t product = 1;
        for (const base::Json& d : dims) {
            if (!d.is_number_integer() || d.get<int64_t>() < 0 ||
                __builtin_mul_overflow(product, d.get<uint64_t>(), &product)) {
                return say("has an impossible shape in its metadata");
            }
            shape.append(d.get<int64_t>());
        }
        const auto block = static_cast<uint64_t>(tensor::block_elements(entry.info.dtype));
        const auto row = shape.rank() > 0 ? static_cast<uint64_t>(shape[-1]) : 1;
        if (product != elements || row % block != 0)
            return say("is of another size than the shape in its metadata");
        entry.info.shape = shape;
        return {};
    }

    // Turns offsets into places in the file.
    base::Status place(size_t table_end) {
        uint64_t alignment = 32;
        if (const auto found = values_.find("general.alignment"); found != values_.end()) {
            const base::Json value = value_of(found->second);
            if (!value.is_number_unsigned()) return wrong("general.alignment is no number");
            alignment = value.get<uint64_t>();
        }
        if (alignment == 0 || alignment % 8 != 0 || alignment > (1 << 20))
            return wrong("general.alignment is " + std::to_string(alignment));
        const uint64_t start = (table_end + alignment - 1) / alignment * alignment;
        std::vector<std::pair<const Entry*, const std::string*>> order;
        for (auto& [name, entry] : entries_) {
            const uint64_t bytes = entry.end;
            if (start > size_ || entry.begin > size_ - start ||
                bytes > size_ - start - entry.begin) {
                return wrong("tensor " + name.substr(0, 200) +
                             " lies beyond the end of the file; is the download complete?");
            }
            if (entry.begin % alignment != 0)
                return wrong("tensor " + name.substr(0, 200) + " does not lie at a multiple of " +
                             std::to_string(alignment));
            entry.begin += start;
            entry.end = entry.begin + bytes;
            if (bytes > 0) order.emplace_back(&entry, &name);
        }
        std::sort(order.begin(), order.end(),
                  [](const auto& a, const auto& b) { return a.first->begin < b.first->begin; });
        for (size_t i = 1; i < order.size(); ++i) {
            if (order[i].first->begin < order[i - 1].first->end)
                return wrong("tensors " + order[i - 1].second->substr(0, 200) + " and " +
                             order[i].second->substr(0, 200) + " overlap");
        }
        return {};
    }

    std::shared_ptr<const std::byte> bytes_;
    size_t size_;
    std::string name_;
    bool mapped_;
    std::map<std::string, Entry> entries_;
    std::map<std::string, Value> values_;
};

template <typename T>
void put(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}
void put_text(std::string& out, const std::string& text) {
    put<uint64_t>(out, text.size());
    out += text;
}
void put_value(std::string& out, const std::string& key, const GgufValue& value) {
    put_text(out, key);
    switch (value.kind) {
        case GgufValue::Kind::Text:
            put<uint32_t>(out, kString);
            put_text(out, value.text);
            break;
        case GgufValue::Kind::U32:
            put<uint32_t>(out, kU32);
            put<uint32_t>(out, value.number);
            break;
        case GgufValue::Kind::Shape:
            put<uint32_t>(out, kArray);
            put<uint32_t>(out, kI32);
            put<uint64_t>(out, value.shape.size());
            for (const int32_t d : value.shape) put<int32_t>(out, d);
            break;
    }
}

constexpr uint64_t kAlignment = 32;
uint64_t padding(uint64_t size) { return (kAlignment - size % kAlignment) % kAlignment; }

}  // namespace

base::Result<std::shared_ptr<TensorSource>> parse_gguf(std::shared_ptr<const std::byte> bytes,
                                                       size_t size, const std::string& name,
                                                       bool mapped) {
    auto file = std::make_shared<Gguf>(std::move(bytes), size, name, mapped);
    TRY(file->read());
    return std::shared_ptr<TensorSource>(file);
}

base::Result<std::shared_ptr<TensorSource>> open_gguf(const std::string& path) {
    const MappedFile file = TRY(map_file(path));
    return parse_gguf(file.bytes, file.size, path, true);
}

base::Status write_gguf(const std::string& path,
                        const std::vector<std::pair<std::string, GgufValue>>& metadata,
                        const std::vector<GgufEntry>& entries,
                        const std::function<base::Status(const GgufEntry&, const GgufPut&)>& fill) {
    std::string values, table;
    uint64_t value_count = metadata.size(), offset = 0;
    for (const auto& [key, value] : metadata) put_value(values, key, value);
    for (const GgufEntry& entry : entries) {
        const auto* type = std::ranges::find(kTypes, entry.dtype, &TypeNumber::type);
        const auto bytes = tensor::bytes_of(entry.dtype, entry.shape.elements());
        if (type == std::end(kTypes) || !bytes)
            return base::failed("GGUF cannot hold " + entry.name + " as " +
                                    std::string(tensor::dtype_name(entry.dtype)),
                                path);
        const auto dims = entry.shape.dims();
        std::vector<uint64_t> axes(dims.rbegin(), dims.rend());
        if (axes.size() > kGgufAxes) {  // the innermost axis stays, so that rows stay whole blocks
            GgufValue shape;
            shape.kind = GgufValue::Kind::Shape;
            for (const int64_t d : dims) shape.shape.push_back(static_cast<int32_t>(d));
            put_value(values, kShapeKey + entry.name, shape);
            ++value_count;
            axes = {static_cast<uint64_t>(dims.back()),
                    static_cast<uint64_t>(entry.shape.product(0, entry.shape.rank() - 1))};
        }
        put_text(table, entry.name);
        put<uint32_t>(table, static_cast<uint32_t>(axes.size()));
        for (const uint64_t a : axes) put<uint64_t>(table, a);
        put<uint32_t>(table, type->number);
        put<uint64_t>(table, offset);
        offset += *bytes + padding(*bytes);
    }
    std::string head(kMagic, 4);
    put<uint32_t>(head, 3);
    put<uint64_t>(head, entries.size());
    put<uint64_t>(head, value_count);
    head += values + table;
    head.append(padding(head.size()), '\0');

    PartFile file = TRY(PartFile::create(path));
    TRY(file.append(head.data(), head.size()));
    constexpr char kZeros[kAlignment] = {};
    for (const GgufEntry& entry : entries) {
        const uint64_t before = file.size();
        TRY(fill(entry, [&](const void* data, size_t size) { return file.append(data, size); }));
        const uint64_t bytes = file.size() - before;
        CHECK(bytes == *tensor::bytes_of(entry.dtype, entry.shape.elements()),
              "all bytes of " + entry.name);
        TRY(file.append(kZeros, padding(bytes)));
    }
    return file.commit();
}

}  // namespace neural
