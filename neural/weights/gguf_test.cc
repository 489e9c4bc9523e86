#include "neural/weights/gguf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

#include "neural/weights/open.h"

namespace neural {
namespace {

using tensor::DType;
using tensor::Shape;
using tensor::Tensor;

std::string path_of(const std::string& name) {
    return (std::filesystem::temp_directory_path() /
            ("aozora-gguf-" + std::to_string(getpid()) + "-" + name))
        .string();
}
std::string read_all(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
base::Result<std::shared_ptr<TensorSource>> parse(const std::string& file) {
    auto copy = std::make_shared<std::string>(file);
    return parse_gguf(
        std::shared_ptr<const std::byte>(copy, reinterpret_cast<const std::byte*>(copy->data())),
        copy->size(), "test.gguf");
}
void expect_refused(const std::string& file, const std::string& why) {
    const auto parsed = parse(file);
    ASSERT_FALSE(parsed.ok()) << why;
    EXPECT_NE(parsed.error().text().find(why), std::string::npos) << parsed.error().text();
    EXPECT_NE(parsed.error().text().find("test.gguf"), std::string::npos);
}

// A file by hand, byte for byte as the format's page describes it.
struct Bytes {
    std::string out;
    template <typename T>
    Bytes& put(T value) {
        out.append(reinterpret_cast<const char*>(&value), sizeof(T));
        return *this;
    }
    Bytes& text(const std::string& t) {
        put<uint64_t>(t.size());
        out += t;
        return *this;
    }
    Bytes& head(uint64_t tensors, uint64_t values) {
        out += "GGUF";
        return put<uint32_t>(3).put(tensors).put(values);
    }
    Bytes& entry(const std::string& name, std::vector<uint64_t> dims, uint32_t type,
                 uint64_t offset) {
        text(name).put<uint32_t>(static_cast<uint32_t>(dims.size()));
        for (const uint64_t d : dims) put(d);
        return put(type).put(offset);
    }
    std::string with_data(size_t bytes, size_t alignment = 32) {
        out.resize((out.size() + alignment - 1) / alignment * alignment, '\0');
        return out + std::string(bytes, '\0');
    }
};

TEST(Gguf, ReadsTheFormatAsDescribed) {
    Bytes b;
    b.head(2, 4);
    b.text("general.alignment").put<uint32_t>(4).put<uint32_t>(64);
    b.text("name").put<uint32_t>(8).text("a model");
    b.text("sizes").put<uint32_t>(9).put<uint32_t>(5).put<uint64_t>(2).put<int32_t>(3).put<int32_t>(
        -4);
    b.text("nested")
        .put<uint32_t>(9)
        .put<uint32_t>(9)
        .put<uint64_t>(1)
        .put<uint32_t>(8)
        .put<uint64_t>(1)
        .text("x");
    b.entry("w", {2, 3}, 0, 0).entry("v", {5}, 1, 64);
    std::string file = b.with_data(64 + 10, 64);
    const float seven = 7;
    std::memcpy(file.data() + file.size() - 74 + 20, &seven, 4);
    const auto source = parse(file);
    ASSERT_TRUE(source.ok()) << source.error().text();
    EXPECT_EQ((*source)->names(), (std::vector<std::string>{"v", "w"}));
    EXPECT_EQ((*source)->info("w", {})->shape, (Shape{3, 2}));  // innermost axis first in the file
    EXPECT_EQ((*source)->load("w", {3, 2})->to_vector(), (std::vector<float>{0, 0, 0, 0, 0, 7}));
    EXPECT_EQ((*source)->info("v", {1, 1, 5})->shape, (Shape{1, 1, 5}));
    EXPECT_EQ((*source)->info("v", {5, 1})->shape, (Shape{5}));
    EXPECT_EQ((*source)->metadata("name"), "a model");
    EXPECT_EQ((*source)->metadata("sizes"), "[3,-4]");
    EXPECT_EQ((*source)->metadata("nested"), "[[\"x\"]]");
    EXPECT_EQ((*source)->metadata("general.alignment"), "64");
    EXPECT_EQ((*source)->metadata("absent"), "");
}

TEST(Gguf, WritesWhatItReadsInEveryType) {
    std::mt19937 random(3);
    std::normal_distribution<float> normal;
    std::vector<float> values(512 * 3);
    for (float& v : values) v = normal(random);
    const std::string path = path_of("types");
    std::vector<GgufEntry> entries;
    for (const DType type : {DType::F32, DType::F16, DType::BF16, DType::Q8_0, DType::Q4_0,
                             DType::Q4_K, DType::Q5_K, DType::Q6_K}) {
        entries.push_back({std::string(tensor::dtype_name(type)), type, {3, 512}});
    }
    entries.push_back({"conv", DType::F32, {3, 2, 4, 8, 8}});
    std::map<std::string, std::vector<float>> expected;
    const auto fill = [&](const GgufEntry& e, const GgufPut& put) -> base::Status {
        std::string bytes(*tensor::bytes_of(e.dtype, 1536), '\0');
        tensor::narrow(e.dtype, values.data(), 1536, bytes.data());
        expected[e.name].resize(1536);
        tensor::widen(e.dtype, bytes.data(), 1536, expected[e.name].data());
        return put(bytes.data(), bytes.size());
    };
    GgufValue text;
    text.text = "{\"x\":1}";
    ASSERT_TRUE(write_gguf(path, {{"config", text}}, entries, fill).ok());
    const auto source = open_weights(path);
    ASSERT_TRUE(source.ok()) << source.error().text();
    for (const GgufEntry& e : entries) {
        const auto info = (*source)->info(e.name, e.shape);
        ASSERT_TRUE(info) << e.name;
        EXPECT_EQ(info->shape, e.shape);
        EXPECT_EQ(info->dtype, e.dtype);
        EXPECT_EQ((*source)->load(e.name, e.shape)->to_vector(), expected[e.name]) << e.name;
    }
    EXPECT_EQ((*source)->metadata("config"), "{\"x\":1}");

    // Every shorter file is refused, never read beyond its end.
    const std::string whole = read_all(path);
    for (size_t size = 0; size < whole.size() - 1; size += 97)
        EXPECT_FALSE(parse(whole.substr(0, size)).ok()) << size;
    std::filesystem::remove(path);
}

TEST(Gguf, AFailedWriteLeavesNothing) {
    const std::string path = path_of("failed");
    const auto fill = [](const GgufEntry&, const GgufPut&) -> base::Status {
        return base::failed("no");
    };
    EXPECT_FALSE(write_gguf(path, {}, {{"a", DType::F32, {2}}}, fill).ok());
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(path + ".part-" + std::to_string(getpid())));
    EXPECT_FALSE(write_gguf("/nowhere/x.gguf", {}, {}, fill).ok());
}

TEST(Gguf, RefusesWhatIsNotSound) {
    const auto one = [](std::vector<uint64_t> dims, uint32_t type, uint64_t offset, size_t bytes) {
        return Bytes().head(1, 0).entry("a", std::move(dims), type, offset).with_data(bytes);
    };
    EXPECT_TRUE(parse(one({8}, 0, 0, 32)).ok());
    expect_refused("GGML", "does not begin with GGUF");
    expect_refused(std::string("GGUF\0\0\0\3", 8), "big-endian");
    expect_refused(std::string("GGUF\1\0\0\0", 8), "version is 1");
    expect_refused(Bytes().head(~uint64_t{0}, 0).out, "announces");
    expect_refused(Bytes().head(1, 0).out, "cut off");
    expect_refused(one({8}, 0, 0, 31), "beyond the end");
    expect_refused(one({8}, 0, 32, 32), "beyond the end");
    expect_refused(one({8}, 0, ~uint64_t{0} - 31, 32), "beyond the end");
    expect_refused(one({8}, 0, 8, 64), "multiple of 32");
    expect_refused(one({8}, 10, 0, 64), "type 10, which is not read here");
    expect_refused(one({uint64_t{1} << 39, uint64_t{1} << 39}, 0, 0, 64), "impossible shape");
    expect_refused(one({1, 1, 1, 1, 1}, 0, 0, 64), "has 5 axes");
    expect_refused(one({33}, 8, 0, 64), "whole number of blocks");
    expect_refused(Bytes().head(2, 0).entry("a", {8}, 0, 0).entry("a", {8}, 0, 32).with_data(64),
                   "tensor a stands twice");
    expect_refused(Bytes().head(2, 0).entry("a", {16}, 0, 0).entry("b", {8}, 0, 32).with_data(64),
                   "tensors a and b overlap");
    expect_refused(Bytes().head(0, 1).text("k").put<uint32_t>(77).out, "unknown type");
    expect_refused(Bytes().head(0, 1).text("k").put<uint32_t>(8).put<uint64_t>(~uint64_t{0}).out,
                   "cut off");
    expect_refused(Bytes()
                       .head(0, 1)
                       .text("k")
                       .put<uint32_t>(9)
                       .put<uint32_t>(4)
                       .put<uint64_t>(uint64_t{1} << 62)
                       .out,
                   "cut off");
    Bytes deep;
    deep.head(0, 1).text("k").put<uint32_t>(9);
    for (int i = 0; i < 100; ++i) deep.put<uint32_t>(9).put<uint64_t>(1);
    expect_refused(deep.out, "cut off or of an unknown type");
    expect_refused(Bytes()
                       .head(0, 2)
                       .text("k")
                       .put<uint32_t>(0)
                       .put<uint8_t>(1)
                       .text("k")
                       .put<uint32_t>(0)
                       .put<uint8_t>(1)
                       .out,
                   "metadata k stands twice");
    expect_refused(
        Bytes().head(0, 1).text("general.alignment").put<uint32_t>(4).put<uint32_t>(3).with_data(0),
        "general.alignment is 3");
    expect_refused(Bytes()
                       .head(1, 1)
                       .text("comfy.gguf.orig_shape.a")
                       .put<uint32_t>(9)
                       .put<uint32_t>(5)
                       .put<uint64_t>(1)
                       .put<int32_t>(9)
                       .entry("a", {8}, 0, 0)
                       .with_data(64),
                   "another size than the shape in its metadata");
}

}  // namespace
}  // namespace neural
