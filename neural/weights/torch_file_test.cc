#include "neural/weights/torch_file.h"

#include <gtest/gtest.h>

#include <cstring>

namespace neural {
namespace {

using tensor::DType;
using tensor::Shape;

template <typename T>
void put(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

// A ZIP archive of stored entries, as torch.save writes it; with ZIP64 records where asked for.
struct Archive {
    std::string file, table;
    uint16_t entries = 0, method = 0;

    Archive& add(const std::string& name, const std::string& bytes, bool zip64 = false) {
        const auto at = file.size();
        put<uint32_t>(file, 0x04034b50u);
        file.append(22, '\0');
        put<uint16_t>(file, static_cast<uint16_t>(name.size()));
        put<uint16_t>(file, 0);
        file += name + bytes;
        put<uint32_t>(table, 0x02014b50u);
        table.append(6, '\0');
        put<uint16_t>(table, method);
        table.append(8, '\0');
        for (int i = 0; i < 2; ++i)
            put<uint32_t>(table, zip64 ? 0xffffffffu : static_cast<uint32_t>(bytes.size()));
        put<uint16_t>(table, static_cast<uint16_t>(name.size()));
        put<uint16_t>(table, zip64 ? 28 : 0);
        table.append(10, '\0');
        put<uint32_t>(table, zip64 ? 0xffffffffu : static_cast<uint32_t>(at));
        table += name;
        if (zip64) {
            put<uint16_t>(table, 1);
            put<uint16_t>(table, 24);
            for (int i = 0; i < 2; ++i) put<uint64_t>(table, bytes.size());
            put<uint64_t>(table, at);
        }
        ++entries;
        return *this;
    }
    std::string whole(bool zip64 = false) const {
        std::string out = file + table;
        if (zip64) {
            const uint64_t end = out.size();
            put<uint32_t>(out, 0x06064b50u);
            out.append(28, '\0');
            put<uint64_t>(out, entries);
            put<uint64_t>(out, table.size());
            put<uint64_t>(out, file.size());
            put<uint32_t>(out, 0x07064b50u);
            put<uint32_t>(out, 0);
            put<uint64_t>(out, end);
            put<uint32_t>(out, 1);
        }
        put<uint32_t>(out, 0x06054b50u);
        put<uint32_t>(out, 0);
        put<uint16_t>(out, zip64 ? 0xffff : entries);
        put<uint16_t>(out, zip64 ? 0xffff : entries);
        put<uint32_t>(out, static_cast<uint32_t>(table.size()));
        put<uint32_t>(out, zip64 ? 0xffffffffu : static_cast<uint32_t>(file.size()));
        put<uint16_t>(out, 0);
        return out;
    }
};

std::string text(const std::string& t) {
    std::string out = "X";
    put<uint32_t>(out, static_cast<uint32_t>(t.size()));
    return out + t;
}
std::string global(const std::string& module, const std::string& name) {
    return "c" + module + "\n" + name + "\n";
}
std::string number(uint8_t n) { return std::string("K") + static_cast<char>(n); }
std::string numbers(const std::vector<uint8_t>& list) {
    std::string out = "(";
    for (const uint8_t n : list) out += number(n);
    return out + "t";
}
// _rebuild_tensor_v2(storage, offset, sizes, strides, False, OrderedDict())
std::string tensor_of(const std::string& type, const std::string& key, uint8_t offset,
                      const std::vector<uint8_t>& sizes, const std::vector<uint8_t>& strides) {
    return global("torch._utils", "_rebuild_tensor_v2") + "((" + text("storage") +
           global("torch", type) + text(key) + text("cpu") + number(99) + "tQ" + number(offset) +
           numbers(sizes) + numbers(strides) + "\x89" + global("collections", "OrderedDict") +
           ")RtR";
}
std::string pickle_of(const std::string& pairs) {
    return "\x80\x02}q" + std::string(1, '\0') + "(" + pairs + "u.";
}
std::string floats(const std::vector<float>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * 4};
}

base::Result<std::shared_ptr<TensorSource>> parse(const std::string& file) {
    auto copy = std::make_shared<std::string>(file);
    return parse_torch_file(
        std::shared_ptr<const std::byte>(copy, reinterpret_cast<const std::byte*>(copy->data())),
        copy->size(), "test.pth");
}
void expect_refused(const std::string& file, const std::string& why) {
    const auto parsed = parse(file);
    ASSERT_FALSE(parsed.ok()) << why;
    EXPECT_NE(parsed.error().text().find(why), std::string::npos) << parsed.error().text();
    EXPECT_NE(parsed.error().text().find("test.pth"), std::string::npos);
}
std::string with_pickle(const std::string& pickle) {
    return Archive()
        .add("m/data.pkl", pickle)
        .add("m/data/0", floats({1, 2, 3, 4, 5, 6, 7}))
        .whole();
}

TEST(TorchFile, ReadsADictionaryOfTensors) {
    const std::string pickle = pickle_of(
        text("a.weight") + tensor_of("FloatStorage", "0", 1, {2, 3}, {3, 1}) + text("a.bias") +
        tensor_of("BFloat16Storage", "1", 0, {2}, {1}) + text("version") + number(3) +
        text("inner") + "}(" + text("x") + tensor_of("FloatStorage", "0", 0, {1, 1}, {1, 1}) + "u");
    for (const bool zip64 : {false, true}) {
        Archive archive;
        archive.add("m/data.pkl", pickle, zip64)
            .add("m/byteorder", "little", zip64)
            .add("m/data/0", floats({1, 2, 3, 4, 5, 6, 7}), zip64)
            .add("m/data/1", std::string("\x80\x3f\x00\x40", 4), zip64);
        const auto source = parse(archive.whole(zip64));
        ASSERT_TRUE(source.ok()) << source.error().text();
        EXPECT_EQ((*source)->names(), (std::vector<std::string>{"a.bias", "a.weight", "inner.x"}));
        EXPECT_EQ((*source)->info("a.weight", {})->shape, (Shape{2, 3}));
        EXPECT_EQ((*source)->load("a.weight", {2, 3})->to_vector(),
                  (std::vector<float>{2, 3, 4, 5, 6, 7}));
        EXPECT_EQ((*source)->info("a.bias", {})->dtype, DType::BF16);
        EXPECT_EQ((*source)->load("a.bias", {2})->to_vector(), (std::vector<float>{1, 2}));
        const std::string whole = archive.whole(zip64);
        for (size_t size = 0; size < whole.size(); size += 7)
            EXPECT_FALSE(parse(whole.substr(0, size)).ok()) << size;
    }
}

TEST(TorchFile, RunsNoCode) {
    expect_refused(with_pickle("\x80\x02" + global("os", "system") + "(" + text("true") + "tR."),
                   "it wants to call os system");
    expect_refused(with_pickle("\x80\x02" + global("builtins", "eval") + "(tR."),
                   "it wants to call builtins eval");
    expect_refused(with_pickle("\x80\x02i."), "opcode 105 is not for tensors");
}

TEST(TorchFile, RefusesWhatIsNotSound) {
    const auto one = [](const std::string& tensor) {
        return with_pickle(pickle_of(text("a") + tensor));
    };
    EXPECT_TRUE(parse(one(tensor_of("FloatStorage", "0", 0, {7}, {1}))).ok());
    expect_refused(one(tensor_of("FloatStorage", "0", 1, {7}, {1})), "more bytes than the file");
    expect_refused(one(tensor_of("FloatStorage", "9", 0, {7}, {1})), "has no bytes in the file");
    expect_refused(one(tensor_of("FloatStorage", "0", 0, {2, 3}, {1, 2})), "row by row");
    expect_refused(one(tensor_of("QInt8Storage", "0", 0, {7}, {1})), "is not read here");
    expect_refused(with_pickle("\x80\x02}q"), "cut off");
    expect_refused(with_pickle("\x80\x02."), "no single object");
    expect_refused(with_pickle("\x80\x02u."), "does not fit together");
    // A dictionary that holds itself, and a chain of a hundred thousand.
    expect_refused(with_pickle("\x80\x02}q" + std::string(1, '\0') + text("a") + "h" +
                               std::string(1, '\0') + "s."),
                   "too deeply");
    std::string chain = "\x80\x02N";
    chain.append(100'000, '\x85');
    EXPECT_TRUE(parse(with_pickle(chain + ".")).ok());
    Archive packed;
    packed.method = 8;
    expect_refused(packed.add("m/data.pkl", "x").whole(), "is compressed");
    expect_refused(Archive().add("readme", "x").whole(), "no PyTorch file");
    expect_refused(std::string(100, 'x'), "its table is missing");
    expect_refused("PK", "too short");
}

}  // namespace
}  // namespace neural
