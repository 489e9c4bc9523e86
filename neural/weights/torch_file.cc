#include "neural/weights/torch_file.h"

#include <cstring>
#include <map>
#include <type_traits>
#include <variant>

#include "base/text/text.h"

namespace neural {
namespace {

using tensor::DType;
using tensor::Shape;
using tensor::Tensor;

constexpr size_t kMostEntries = 1 << 20;
constexpr size_t kMostObjects = 1 << 22;  // that a pickle may make
constexpr size_t kLongestPickle = 64 << 20;

template <typename T>
T number_at(const std::byte* at) {
    T value;
    std::memcpy(&value, at, sizeof(T));
    return value;
}

using Piece = std::span<const std::byte>;

// The entries of a ZIP archive: APPNOTE.TXT 4.3, with ZIP64. Stored ones only.
base::Result<std::map<std::string, Piece>> entries_of(Piece file, const std::string& where) {
    const auto wrong = [&](const std::string& what) {
        return base::failed("not a sound PyTorch file: " + what, where);
    };
    constexpr size_t kEnd = 22, kEnd64 = 56, kLocator = 20, kCentral = 46, kLocal = 30;
    // The end record stands before a comment of at most 65535 bytes.
    if (file.size() < kEnd) return wrong("it is too short");
    size_t end = file.size() - kEnd;
    const size_t lowest = end > 65535 ? end - 65535 : 0;
    while (number_at<uint32_t>(&file[end]) != 0x06054b50u) {
        if (end == lowest) return wrong("its table is missing; is the download complete?");
        --end;
    }
    uint64_t count = number_at<uint16_t>(&file[end + 10]);
    uint64_t at = number_at<uint32_t>(&file[end + 16]);
    if (end >= kLocator && number_at<uint32_t>(&file[end - kLocator]) == 0x07064b50u) {
        const auto end64 = number_at<uint64_t>(&file[end - kLocator + 8]);
        if (end64 > file.size() || file.size() - end64 < kEnd64 ||
            number_at<uint32_t>(&file[end64]) != 0x06064b50u)
            return wrong("its table lies elsewhere than it says");
        count = number_at<uint64_t>(&file[end64 + 32]);
        at = number_at<uint64_t>(&file[end64 + 48]);
    }
    if (count > kMostEntries) return wrong("it announces " + std::to_string(count) + " entries");
    std::map<std::string, Piece> entries;
    for (uint64_t i = 0; i < count; ++i) {
        if (at > file.size() || file.size() - at < kCentral ||
            number_at<uint32_t>(&file[at]) != 0x02014b50u)
            return wrong("its table is cut off");
        const auto method = number_at<uint16_t>(&file[at + 10]);
        uint64_t packed = number_at<uint32_t>(&file[at + 20]);
        uint64_t size = number_at<uint32_t>(&file[at + 24]);
        const size_t name_size = number_at<uint16_t>(&file[at + 28]);
        const size_t extra_size = number_at<uint16_t>(&file[at + 30]);
        const size_t note_size = number_at<uint16_t>(&file[at + 32]);
        uint64_t local = number_at<uint32_t>(&file[at + 42]);
        if (file.size() - at - kCentral < name_size + extra_size + note_size)
            return wrong("its table is cut off");
        const std::string name(reinterpret_cast<const char*>(&file[at + kCentral]), name_size);
        // ZIP64's numbers stand in an extra field, those that did not fit, in this order.
        const Piece extra = file.subspan(at + kCentral + name_size, extra_size);
        for (size_t e = 0; e + 4 <= extra.size();) {
            const size_t length = number_at<uint16_t>(&extra[e + 2]);
            if (length > extra.size() - e - 4) break;
            if (number_at<uint16_t>(&extra[e]) == 1) {
                size_t from = e + 4;
                for (uint64_t* value : {&size, &packed, &local}) {
                    if (*value != 0xffffffffu || from + 8 > e + 4 + length) continue;
                    *value = number_at<uint64_t>(&extra[from]);
                    from += 8;
                }
            }
            e += 4 + length;
        }
        if (method != 0 || packed != size) return wrong("entry " + name + " is compressed");
        if (local > file.size() || file.size() - local < kLocal ||
            number_at<uint32_t>(&file[local]) != 0x04034b50u)
            return wrong("entry " + name + " lies beyond the end of the file");
        const uint64_t begin = local + kLocal + number_at<uint16_t>(&file[local + 26]) +
                               number_at<uint16_t>(&file[local + 28]);
        if (begin > file.size() || size > file.size() - begin)
            return wrong("entry " + name +
                         " lies beyond the end of the file; is the download complete?");
        if (!entries.emplace(name, file.subspan(begin, size)).second)
            return wrong("entry " + name + " stands twice");
        at += kCentral + name_size + extra_size + note_size;
    }
    return entries;
}

struct Storage {
    DType type = DType::F32;
    std::string key;
};
struct Rebuilt {
    Storage storage;
    int64_t offset = 0;  // elements
    std::vector<int64_t> sizes, strides;
};

struct Object;
using Ref = std::shared_ptr<Object>;
struct Mark {};
struct Name {
    std::string text;  // "module name"
};
using List = std::vector<Ref>;
using Dictionary = std::vector<std::pair<Ref, Ref>>;
struct Nothing {};
struct Object {
    std::variant<Nothing, Mark, int64_t, double, std::string, Name, List, Dictionary, Storage,
                 Rebuilt>
        value;
};

std::optional<DType> storage_type(const std::string& name) {
    static const std::map<std::string, DType> types = {
        {"torch FloatStorage", DType::F32},
        {"torch HalfStorage", DType::F16},
        {"torch BFloat16Storage", DType::BF16},
        {"torch DoubleStorage", DType::F64},
        {"torch Float8_e4m3fnStorage", DType::F8E4M3},
        {"torch CharStorage", DType::I8},
        {"torch ByteStorage", DType::U8},
        {"torch BoolStorage", DType::U8},
        {"torch IntStorage", DType::I32},
        {"torch LongStorage", DType::I64}};
    const auto found = types.find(name);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

// Runs the pickle of a dictionary of tensors.
class Pickle {
public:
    Pickle(Piece bytes, std::string where) : bytes_(bytes), where_(std::move(where)) {}
    // Objects may hold one another in circles and in chains of any length: they are emptied one by
    // one.
    ~Pickle() {
        for (const Ref& object : containers_) object->value = Nothing{};
    }
    Pickle(const Pickle&) = delete;

    base::Result<Ref> run() {
        while (true) {
            const auto op = take<uint8_t>();
            if (!good_) return wrong("it is cut off");
            if (op == '.') break;
            TRY(step(op));
            if (++made_ > kMostObjects || stack_.size() > kMostObjects)
                return wrong("it makes too many objects");
        }
        if (stack_.size() != 1) return wrong("it leaves no single object");
        return stack_.back();
    }

private:
    base::Error wrong(const std::string& what) const {
        return base::failed("its description of the tensors is not sound: " + what, where_);
    }
    template <typename T>
    T take() {
        if (sizeof(T) > bytes_.size() - at_) {
            good_ = false;
            return {};
        }
        const T value = number_at<T>(bytes_.data() + at_);
        at_ += sizeof(T);
        return value;
    }
    std::string text(uint64_t length) {
        if (!good_ || length > bytes_.size() - at_) {
            good_ = false;
            return {};
        }
        std::string t(reinterpret_cast<const char*>(bytes_.data() + at_), length);
        at_ += length;
        return t;
    }
    std::string line() {
        std::string t;
        for (char c; good_ && (c = take<char>()) != '\n';) t += c;
        return t;
    }
    template <typename T>
    void push(T value) {
        stack_.push_back(std::make_shared<Object>(Object{std::move(value)}));
        if constexpr (std::is_same_v<T, List> || std::is_same_v<T, Dictionary>)
            containers_.push_back(stack_.back());
    }
    Ref pop() {
        if (stack_.empty()) {
            good_ = false;
            return std::make_shared<Object>();
        }
        Ref top = stack_.back();
        stack_.pop_back();
        return top;
    }
    List pop_to_mark() {
        size_t from = stack_.size();
        while (from > 0 && !std::holds_alternative<Mark>(stack_[from - 1]->value)) --from;
        if (from == 0) {
            good_ = false;
            return {};
        }
        List items(stack_.begin() + static_cast<std::ptrdiff_t>(from), stack_.end());
        stack_.resize(from - 1);
        return items;
    }
    void tuple(size_t count) {
        List items(count);
        for (size_t i = count; i > 0; --i) items[i - 1] = pop();
        push(std::move(items));
    }
    void remember(uint32_t index) {
        if (stack_.empty()) good_ = false;
        else memo_[index] = stack_.back();
    }
    void recall(uint32_t index) {
        const auto found = memo_.find(index);
        if (found == memo_.end()) good_ = false;
        else stack_.push_back(found->second);
    }
    void add_pairs(const List& items) {
        auto* target = stack_.empty() ? nullptr : std::get_if<Dictionary>(&stack_.back()->value);
        if (!target || items.size() % 2 != 0) {
            good_ = false;
            return;
        }
        for (size_t i = 0; i < items.size(); i += 2) target->emplace_back(items[i], items[i + 1]);
    }
    void add_items(const List& items) {
        auto* target = stack_.empty() ? nullptr : std::get_if<List>(&stack_.back()->value);
        if (!target) {
            good_ = false;
            return;
        }
        target->insert(target->end(), items.begin(), items.end());
    }

    base::Status step(uint8_t op) {
        switch (op) {
            case 0x80: take<uint8_t>(); break;                              // PROTO
            case 0x95: take<uint64_t>(); break;                             // FRAME
            case '(': push(Mark{}); break;                                  // MARK
            case '0': pop(); break;                                         // POP
            case '1': pop_to_mark(); break;                                 // POP_MARK
            case 'N': push(Nothing{}); break;                               // NONE
            case 0x88: push(int64_t{1}); break;                             // NEWTRUE
            case 0x89: push(int64_t{0}); break;                             // NEWFALSE
            case 'K': push(static_cast<int64_t>(take<uint8_t>())); break;   // BININT1
            case 'M': push(static_cast<int64_t>(take<uint16_t>())); break;  // BININT2
            case 'J': push(static_cast<int64_t>(take<int32_t>())); break;   // BININT
            case 0x8a: {                                                    // LONG1, little-endian
                const std::string digits = text(take<uint8_t>());
                if (digits.size() > 8) return wrong("a number of more than 64 bits");
                uint64_t value = 0;
                for (size_t i = 0; i < digits.size(); ++i)
                    value |= static_cast<uint64_t>(static_cast<uint8_t>(digits[i])) << (8 * i);
                const size_t bits = 8 * digits.size();
                if (bits > 0 && bits < 64 && (value >> (bits - 1)) & 1)
                    value |= ~uint64_t{0} << bits;
                push(static_cast<int64_t>(value));
                break;
            }
            case 'G': {  // BINFLOAT, big-endian
                const auto bits = __builtin_bswap64(take<uint64_t>());
                push(__builtin_bit_cast(double, bits));
                break;
            }
            case 'X': push(text(take<uint32_t>())); break;                    // BINUNICODE
            case 0x8c: push(text(take<uint8_t>())); break;                    // SHORT_BINUNICODE
            case 0x8d: push(text(take<uint64_t>())); break;                   // BINUNICODE8
            case 'U': push(text(take<uint8_t>())); break;                     // SHORT_BINSTRING
            case 'C': push(text(take<uint8_t>())); break;                     // SHORT_BINBYTES
            case '}': push(Dictionary{}); break;                              // EMPTY_DICT
            case ']': push(List{}); break;                                    // EMPTY_LIST
            case ')': push(List{}); break;                                    // EMPTY_TUPLE
            case 't': push(pop_to_mark()); break;                             // TUPLE
            case 0x85: tuple(1); break;                                       // TUPLE1
            case 0x86: tuple(2); break;                                       // TUPLE2
            case 0x87: tuple(3); break;                                       // TUPLE3
            case 'q': remember(take<uint8_t>()); break;                       // BINPUT
            case 'r': remember(take<uint32_t>()); break;                      // LONG_BINPUT
            case 0x94: remember(static_cast<uint32_t>(memo_.size())); break;  // MEMOIZE
            case 'h': recall(take<uint8_t>()); break;                         // BINGET
            case 'j': recall(take<uint32_t>()); break;                        // LONG_BINGET
            case 'u': add_pairs(pop_to_mark()); break;                        // SETITEMS
            case 's': {                                                       // SETITEM
                const Ref value = pop(), key = pop();
                add_pairs({key, value});
                break;
            }
            case 'e': add_items(pop_to_mark()); break;  // APPENDS
            case 'a': add_items({pop()}); break;        // APPEND
            case 'c': {                                 // GLOBAL
                const std::string module = line();
                push(Name{module + " " + line()});
                break;
            }
            case 0x93: {  // STACK_GLOBAL
                const Ref name = pop(), module = pop();
                const auto* n = std::get_if<std::string>(&name->value);
                const auto* m = std::get_if<std::string>(&module->value);
                if (!n || !m) return wrong("a name that is no text");
                push(Name{*m + " " + *n});
                break;
            }
            case 'Q': TRY(persistent()); break;  // BINPERSID
            case 'R': TRY(call()); break;        // REDUCE
            case 'b': pop(); break;              // BUILD: attributes of a dictionary, not needed
            default: return wrong("the opcode " + std::to_string(op) + " is not for tensors");
        }
        if (!good_) return wrong("it is cut off or does not fit together");
        return {};
    }

    // ("storage", type, key, device, elements)
    base::Status persistent() {
        const Ref top = pop();
        const auto* items = std::get_if<List>(&top->value);
        const auto* kind =
            items && items->size() >= 3 ? std::get_if<std::string>(&(*items)[0]->value) : nullptr;
        const auto* type = kind ? std::get_if<Name>(&(*items)[1]->value) : nullptr;
        const auto* key = kind ? std::get_if<std::string>(&(*items)[2]->value) : nullptr;
        if (!kind || *kind != "storage" || !type || !key) return wrong("an unknown reference");
        const auto dtype = storage_type(type->text);
        if (!dtype) return wrong("the type " + type->text.substr(0, 60) + " is not read here");
        push(Storage{*dtype, *key});
        return {};
    }

    static bool integers(const Ref& from, std::vector<int64_t>& to) {
        const auto* items = std::get_if<List>(&from->value);
        if (!items || items->size() > static_cast<size_t>(Shape::kMaxRank)) return false;
        for (const Ref& item : *items) {
            const auto* n = std::get_if<int64_t>(&item->value);
            if (!n || *n < 0 || *n > (int64_t{1} << 40)) return false;
            to.push_back(*n);
        }
        return true;
    }

    base::Status call() {
        const Ref arguments = pop(), callee = pop();
        const auto* name = std::get_if<Name>(&callee->value);
        const auto* items = std::get_if<List>(&arguments->value);
        if (!name || !items) return wrong("a call of something without a name");
        if (name->text == "collections OrderedDict") {
            push(Dictionary{});
            return {};
        }
        if (name->text == "torch._utils _rebuild_parameter" && !items->empty()) {
            stack_.push_back((*items)[0]);
            return {};
        }
        if (name->text != "torch._utils _rebuild_tensor_v2")
            return wrong("it wants to call " + name->text.substr(0, 100) +
                         ", which a file of weights has no need for");
        Rebuilt t;
        const auto* storage =
            items->size() >= 4 ? std::get_if<Storage>(&(*items)[0]->value) : nullptr;
        const auto* offset = storage ? std::get_if<int64_t>(&(*items)[1]->value) : nullptr;
        if (!offset || *offset < 0 || !integers((*items)[2], t.sizes) ||
            !integers((*items)[3], t.strides) || t.sizes.size() != t.strides.size())
            return wrong("a tensor with impossible sizes");
        t.storage = *storage;
        t.offset = *offset;
        push(std::move(t));
        return {};
    }

    Piece bytes_;
    std::string where_;
    size_t at_ = 0, made_ = 0;
    bool good_ = true;
    std::vector<Ref> stack_, containers_;
    std::map<uint32_t, Ref> memo_;
};

class TorchFile final : public TensorSource {
public:
    TorchFile(std::shared_ptr<const std::byte> bytes, size_t size, std::string name, bool mapped)
        : bytes_(std::move(bytes)), size_(size), name_(std::move(name)), mapped_(mapped) {}

    std::string where() const override { return name_; }
    std::vector<std::string> names() const override {
        std::vector<std::string> all;
        for (const auto& [name, entry] : tensors_) all.push_back(name);
        return all;
    }
    std::optional<TensorInfo> info(const std::string& name, const Shape&) const override {
        const auto found = tensors_.find(name);
        if (found == tensors_.end()) return std::nullopt;
        return found->second.info;
    }
    base::Result<Tensor> load(const std::string& name, const Shape&) const override {
        const auto found = tensors_.find(name);
        if (found == tensors_.end()) return base::failed("has no tensor " + name, name_);
        const Entry& e = found->second;
        return Tensor(e.info.shape, e.info.dtype,
                      std::shared_ptr<const std::byte>(bytes_, e.bytes.data()));
    }
    std::vector<Piece> memory_of(const std::string& name) const override {
        const auto found = tensors_.find(name);
        if (found == tensors_.end() || !mapped_) return {};
        return {found->second.bytes};
    }
    std::string metadata(const std::string&) const override { return {}; }

    base::Status read() {
        entries_ = TRY(entries_of({bytes_.get(), size_}, name_));
        std::string prefix;
        Piece pickle;
        for (const auto& [name, bytes] : entries_) {
            if (!name.ends_with("/data.pkl")) continue;
            prefix = name.substr(0, name.size() - 8);
            pickle = bytes;
        }
        if (prefix.empty())
            return base::failed("is a ZIP archive but no PyTorch file of today's form", name_);
        if (pickle.size() > kLongestPickle)
            return base::failed("has a description of " + std::to_string(pickle.size()) + " bytes",
                                name_);
        if (const auto order = entries_.find(prefix + "byteorder");
            order != entries_.end() && !order->second.empty() &&
            static_cast<char>(order->second[0]) != 'l')
            return base::failed("is big-endian, which is not supported", name_);
        Pickle description(pickle, name_);
        const Ref root = TRY(description.run());
        return collect(*root, "", prefix + "data/", 0);
    }

private:
    struct Entry {
        TensorInfo info;
        Piece bytes;
    };

    base::Status collect(const Object& object, const std::string& path, const std::string& prefix,
                         int depth) {
        if (depth > 8) return base::failed("nests its dictionaries too deeply", name_);
        if (const auto* tensor = std::get_if<Rebuilt>(&object.value))
            return add(*tensor, path, prefix);
        const auto* dictionary = std::get_if<Dictionary>(&object.value);
        if (!dictionary) return {};
        for (const auto& [key, value] : *dictionary) {
            if (++visited_ > kMostObjects) return base::failed("holds too many names", name_);
            const auto* name = std::get_if<std::string>(&key->value);
            if (!name || !base::is_valid_utf8(*name)) continue;
            TRY(collect(*value, path.empty() ? *name : path + "." + *name, prefix, depth + 1));
        }
        return {};
    }

    base::Status add(const Rebuilt& t, const std::string& name, const std::string& prefix) {
        const auto say = [&](const std::string& what) {
            return base::failed("tensor " + name.substr(0, 200) + " " + what, name_);
        };
        const auto found = entries_.find(prefix + t.storage.key);
        if (found == entries_.end()) return say("has no bytes in the file");
        int64_t elements = 1;
        for (size_t i = t.sizes.size(); i > 0; --i) {
            if (t.sizes[i - 1] != 1 && t.strides[i - 1] != elements)
                return say("does not lie row by row; save it contiguous");
            if (__builtin_mul_overflow(elements, t.sizes[i - 1], &elements) ||
                elements > (int64_t{1} << 50))
                return say("has an impossible shape");
        }
        const auto begin = tensor::bytes_of(t.storage.type, t.offset);
        const auto bytes = tensor::bytes_of(t.storage.type, elements);
        if (!begin || !bytes || *begin > found->second.size() ||
            *bytes > found->second.size() - *begin)
            return say("needs more bytes than the file has for it");
        Entry entry;
        entry.info = {t.storage.type, Shape(t.sizes)};
        entry.bytes = found->second.subspan(*begin, *bytes);
        if (!tensors_.emplace(name, entry).second) return say("stands twice");
        return {};
    }

    std::shared_ptr<const std::byte> bytes_;
    size_t size_;
    std::string name_;
    bool mapped_;
    size_t visited_ = 0;
    std::map<std::string, Piece> entries_;
    std::map<std::string, Entry> tensors_;
};

}  // namespace

base::Result<std::shared_ptr<TensorSource>> parse_torch_file(std::shared_ptr<const std::byte> bytes,
                                                             size_t size, const std::string& name,
                                                             bool mapped) {
    auto file = std::make_shared<TorchFile>(std::move(bytes), size, name, mapped);
    TRY(file->read());
    return std::shared_ptr<TensorSource>(file);
}

}  // namespace neural
