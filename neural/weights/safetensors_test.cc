#include "neural/weights/safetensors.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "neural/weights/damage.h"
#include "neural/weights/loader.h"
#include "neural/weights/open.h"

namespace neural {
namespace {

using tensor::Shape;
using tensor::Tensor;

std::string file_with(const std::string& header, size_t data_bytes) {
    const uint64_t length = header.size();
    std::string file(8, '\0');
    std::memcpy(file.data(), &length, 8);
    return file + header + std::string(data_bytes, '\x3f');
}
base::Result<std::shared_ptr<TensorSource>> parse(const std::string& file) {
    auto copy = std::make_shared<std::string>(file);
    return parse_safetensors(
        std::shared_ptr<const std::byte>(copy, reinterpret_cast<const std::byte*>(copy->data())),
        copy->size(), "test.safetensors");
}
std::string refusal(const std::string& file) {
    const auto parsed = parse(file);
    return parsed.ok() ? "accepted" : parsed.error().text();
}
void expect_refused(const std::string& file, const std::string& why) {
    const std::string text = refusal(file);
    EXPECT_NE(text.find(why), std::string::npos) << text;
    EXPECT_NE(text.find("test.safetensors"), std::string::npos) << text;
}

struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("aozora-weights-" + std::to_string(getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string file(const std::string& name) const { return (path / name).string(); }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(file(name), std::ios::binary) << bytes;
    }
};

TEST(Safetensors, WritesWhatItReads) {
    const Folder folder;
    const std::string path = folder.file("a.safetensors");
    const Tensor a = Tensor::from({2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6});
    ASSERT_TRUE(
        write_safetensors(path, {{"a", a}, {"b", Tensor::zeros({4})}}, {{"config", "{}"}}).ok());
    const auto source = open_weights(path);
    ASSERT_TRUE(source.ok()) << source.error().text();
    EXPECT_EQ((*source)->names(), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ((*source)->load("a", {2, 3})->to_vector(), a.to_vector());
    EXPECT_EQ((*source)->metadata("config"), "{}");
    EXPECT_EQ((*source)->memory_of("a").size(), 1u);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path),
                            std::filesystem::directory_iterator()),
              1);
}

TEST(Safetensors, RefusesWhatIsNotSound) {
    const std::string good = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
    EXPECT_EQ(refusal(file_with(good, 8)), "accepted");
    expect_refused("abc", "ends within its first 8 bytes");
    expect_refused(file_with(good, 7), "beyond the end of the file");
    expect_refused(std::string("\xff\xff\xff\xff\xff\xff\xff\x7f{}", 10), "announces a header");
    expect_refused(file_with("[1,2]", 0), "no JSON object");
    expect_refused(file_with(R"({"a":{"b":{"c":{"d":{"e":{"f":1}}}}}})", 0), "no JSON object");
    expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                             R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
                             12),
                   "tensors a and b overlap");
    expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                             R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
                             8),
                   "stands twice");
    expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8),
                   "tensor a has 8 bytes, its shape needs 12");
    expect_refused(file_with(R"({"a":{"dtype":"Q9","shape":[2],"data_offsets":[0,8]}})", 8),
                   "unknown type Q9");
    expect_refused(
        file_with(
            R"({"a":{"dtype":"U8","shape":[1099511627776,1099511627776],"data_offsets":[0,8]}})",
            8),
        "impossible shape");
    expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8),
                   "impossible axis");
    expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8),
                   "beyond the end");
}

TEST(OpenWeights, FindsOutWhatAPathIs) {
    const Folder folder;
    const auto shard = [&](const std::string& name, const std::string& tensor) {
        ASSERT_TRUE(write_safetensors(folder.file(name), {{tensor, Tensor::full({2}, 1)}}).ok());
    };
    shard("m-00001-of-00002.safetensors", "a");
    const auto half = open_weights(folder.path.string());
    ASSERT_FALSE(half.ok());
    EXPECT_NE(half.error().text().find("1 of 2 shards of m"), std::string::npos)
        << half.error().text();
    shard("m-00002-of-00002.safetensors", "b");
    const auto whole = open_weights(folder.path.string());
    ASSERT_TRUE(whole.ok()) << whole.error().text();
    EXPECT_EQ((*whole)->names(), (std::vector<std::string>{"a", "b"}));

    folder.write("m.safetensors.index.json",
                 R"({"weight_map":{"a":"m-00001-of-00002.safetensors"}})");
    EXPECT_EQ((*open_weights(folder.path.string()))->names(), (std::vector<std::string>{"a"}));
    folder.write("m.safetensors.index.json", R"({"weight_map":{"a":"../m.safetensors"}})");
    EXPECT_NE(open_weights(folder.path.string()).error().text().find("outside its folder"),
              std::string::npos);
    folder.write("m.safetensors.index.json",
                 R"({"weight_map":{"b":"m-00001-of-00002.safetensors"}})");
    EXPECT_NE(open_weights(folder.path.string()).error().text().find("which it does not"),
              std::string::npos);

    folder.write("text", "hello, this is no model");
    EXPECT_NE(open_weights(folder.file("text")).error().text().find("neither"), std::string::npos);
    EXPECT_FALSE(open_weights(folder.file("absent")).ok());
    folder.write("empty", "");
    EXPECT_FALSE(open_weights(folder.file("empty")).ok());
}

TEST(OpenWeights, ATensorInTwoShardsIsRefused) {
    const Folder folder;
    for (const char* name : {"m-00001-of-00002.safetensors", "m-00002-of-00002.safetensors"})
        ASSERT_TRUE(write_safetensors(folder.file(name), {{"a", Tensor::full({2}, 1)}}).ok());
    const auto opened = open_weights(folder.path.string());
    ASSERT_FALSE(opened.ok());
    EXPECT_NE(opened.error().text().find("tensor a stands in"), std::string::npos);
}

TEST(Loader, ListsEverythingThatDoesNotFit) {
    const Folder folder;
    Tensor numbers({4, 3}, tensor::DType::I32);
    ASSERT_TRUE(
        write_safetensors(folder.file("a.safetensors"), {{"net.p.weight", Tensor::zeros({4, 2})},
                                                         {"net.p.bias", Tensor::zeros({4})},
                                                         {"net.q.weight", numbers},
                                                         {"net.odd", Tensor::zeros({1})}})
            .ok());
    const Loader loader(*open_weights(folder.file("a.safetensors")), "net.");
    loader.linear("p", 3, 4);
    loader.linear("q", 3, 4, false);
    loader.vector("gone", {7});
    const auto done = loader.finish(true);
    ASSERT_FALSE(done.ok());
    const std::string text = done.error().text();
    for (const char* part : {"misshapen: net.p.weight is 4x2, must be 4x3", "missing: net.gone 7",
                             "net.q.weight is i32", "not of this model: net.odd"}) {
        EXPECT_NE(text.find(part), std::string::npos) << text;
    }
}

TEST(FindDamage, NamesTheTensorAndThePlace) {
    const Folder folder;
    Tensor bad = Tensor::zeros({3, 4});
    bad.f32()[5] = std::numeric_limits<float>::quiet_NaN();
    bad.f32()[7] = std::numeric_limits<float>::infinity();
    const std::string path = folder.file("a.safetensors");
    ASSERT_TRUE(write_safetensors(path, {{"good", Tensor::full({9}, 1)}, {"bad", bad}}).ok());
    const auto source = *open_weights(path);
    const auto found = find_damage(*source);
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->size(), 1u);
    EXPECT_EQ((*found)[0].text(), "bad holds 1 NaN and 1 infinities, the first at 5");
    // What was forgotten comes back.
    EXPECT_EQ(source->load("good", {9})->to_vector(), std::vector<float>(9, 1));
    base::CancelToken stop;
    stop.cancel();
    EXPECT_EQ(find_damage(*source, 8, &stop).error().kind, base::ErrorKind::Cancelled);
}

}  // namespace
}  // namespace neural
