// What may be asked of neural models, right and in every wrong way, in both encodings.
#include <gtest/gtest.h>

#include <fstream>
#include <memory>

#include "apps/server/archive/files.h"
#include "apps/server/core/secrets.h"
#include "apps/server/routes/submit.h"
#include "store/sql/migrate.h"
#include "store/testing/fresh.h"

namespace server {
namespace {

using base::Json;

// A PNG of 32 x 32 pixels as far as its header goes; nobody decodes it here.
std::string png(char salt = 0) {
    std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x20\x08\x02\0\0\0", 29);
    return bytes + std::string(8, salt);
}

std::string data_url(const std::string& bytes) {
    static const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text = "data:image/png;base64,";
    for (size_t i = 0; i < bytes.size(); i += 3) {
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; ++k)
            bits = bits << 8 | (i + k < bytes.size() ? static_cast<uint8_t>(bytes[i + k]) : 0);
        for (size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : digits[bits >> (18 - 6 * k) & 63];
    }
    return text;
}

class NeuralFields : public ::testing::Test {
protected:
    NeuralFields() {
        app_.config = default_config();
        app_.config.data_dir = folder_.path();
        CHECK(finish_config(app_.config).ok(), "a configuration");
        app_.db = take(store::Db::open(app_.config.database));
        CHECK(store::migrate(*app_.db).ok(), "a database");
        app_.blobs = take(store::BlobStore::open(app_.config.blobs));
        app_.queue = std::make_unique<store::Queue>(*app_.db, store::QueueOptions{});
        me_ = take(first_key(*app_.db, "sk-test")).caller;
        app_.models.announce({"tiny-ltx"});
    }
    template <typename T>
    static T take(base::Result<T> result) {
        CHECK(result.ok(), result.ok() ? "" : result.error().text());
        return std::move(*result);
    }

    Json with(Json more) const {
        Json body = {{"prompt", "A ball falls."}, {"model", "tiny-ltx"}, {"seconds", 2}};
        body.update(more);
        return body;
    }
    Answer<std::vector<NewVideo>> create(const Json& body) {
        http::Request request;
        request.content_type = "application/json";
        request.body = body.dump();
        return create(request);
    }
    Answer<std::vector<NewVideo>> create(http::Request& request) {
        auto fields = Fields::read(request);
        if (!fields.ok()) return fields.error();
        auto videos = read_create(app_, *fields, me_);
        if (!videos.ok()) return videos.error();
        if (const auto unknown = fields->unknown()) return *unknown;
        return videos;
    }
    // The parameter that the answer names.
    std::string wrong(const Json& more) { return param_of(create(with(more))); }
    static std::string param_of(const Answer<std::vector<NewVideo>>& answer) {
        EXPECT_FALSE(answer.ok());
        if (answer.ok()) return "";
        EXPECT_EQ(answer.error().status, 400) << answer.error().message;
        return answer.error().param;
    }

    // A form; a value that begins with '@' is the content of a file.
    http::Request form(const std::vector<std::pair<std::string, std::string>>& fields) {
        http::Request request;
        request.is_form = true;
        request.content_type = "multipart/form-data";
        auto all = fields;
        all.insert(all.begin(),
                   {{"prompt", "A ball falls."}, {"model", "tiny-ltx"}, {"seconds", "2"}});
        for (const auto& [name, value] : all) {
            http::FormPart& part = request.form.emplace_back();
            part.name = name;
            if (value.empty() || value[0] != '@') {
                part.value = value;
                continue;
            }
            const std::string bytes = value.substr(1);
            const std::string path = app_.blobs->incoming_dir() + "/" + new_id("part-");
            std::ofstream(path, std::ios::binary) << bytes;
            part.file.emplace(path, static_cast<int64_t>(bytes.size()), sha256_hex(bytes));
            part.filename = "a.png";
        }
        return request;
    }
    std::string wrong_form(const std::vector<std::pair<std::string, std::string>>& fields) {
        http::Request request = form(fields);
        return param_of(create(request));
    }

    std::string file(int64_t project, const std::string& bytes) {
        const store::Blob blob = take(app_.blobs->put_bytes(bytes));
        std::string id;
        CHECK(app_.db
                  ->transaction([&](store::Tx& tx) -> base::Status {
                      id = TRY(create_file(tx, project, "a", "user_data", blob, {})).id;
                      return {};
                  })
                  .ok(),
              "a file");
        return id;
    }
    std::string video(int64_t project, bool completed) {
        const store::Blob blob = take(app_.blobs->put_bytes("a film"));
        NewVideo video;
        video.id = new_id("video_");
        video.project_id = project;
        video.key_id = me_.key_id;
        video.model = "world-1";
        video.task = "create";
        video.size = "64x36";
        video.seconds = "2";
        video.payload = Json::object();
        CHECK(app_.db
                  ->transaction([&](store::Tx& tx) -> base::Status {
                      const int64_t seq = TRY(create_video(tx, *app_.queue, video));
                      if (!completed) return {};
                      return publish_video(tx, seq, {{{"video", blob}}, "2", "64x36", "{}"}, {});
                  })
                  .ok(),
              "a video");
        return video.id;
    }

    store::testing::TempFolder folder_;
    App app_;
    Caller me_;
};

TEST_F(NeuralFields, KeyframesBecomeInputsOfTheJob) {
    const std::string id = file(me_.project_id, png('b'));
    auto made = create(with({{"keyframes",
                              {{{"seconds", 0.5}, {"image_url", data_url(png('a'))}},
                               {{"seconds", "1.25"}, {"file_id", id}, {"strength", "0.5"}}}}}));
    ASSERT_TRUE(made.ok()) << made.error().message;
    const NewVideo& video = made->front();
    const Json expected = {{{"seconds", 0.5}, {"image", "keyframe_0"}},
                           {{"seconds", 1.25}, {"image", "keyframe_1"}, {"strength", 0.5}}};
    EXPECT_EQ(video.payload.at("keyframes"), expected);
    ASSERT_EQ(video.inputs.size(), 2u);
    EXPECT_EQ(video.inputs[0].name, "keyframe_0");
    EXPECT_EQ(video.inputs[0].blob.sha256, sha256_hex(png('a')));
    EXPECT_EQ(video.inputs[1].blob.sha256, sha256_hex(png('b')));
}

TEST_F(NeuralFields, KeyframesOfAFormMayBeFiles) {
    for (const bool numbered : {true, false}) {
        const std::string a = numbered ? "keyframes[0]" : "keyframes[]",
                          b = numbered ? "keyframes[1]" : "keyframes[]";
        http::Request request = form({{a + "[seconds]", "0.5"},
                                      {a + "[image]", "@" + png('a')},
                                      {b + "[seconds]", "1"},
                                      {b + "[image]", "@" + png('b')}});
        auto made = create(request);
        ASSERT_TRUE(made.ok()) << made.error().param << ": " << made.error().message;
        ASSERT_EQ(made->front().inputs.size(), 2u);
        EXPECT_EQ(made->front().inputs[1].blob.sha256, sha256_hex(png('b')));
        EXPECT_EQ(made->front().payload.at("keyframes").at(1).at("seconds"), 1.0);
    }
    http::Request request =
        form({{"keyframes", Json({{{"seconds", 1}, {"image_url", data_url(png())}}}).dump()}});
    EXPECT_TRUE(create(request).ok());
}

TEST_F(NeuralFields, KeyframesAreCheckedOneByOne) {
    const std::string url = data_url(png());
    const Json good = {{"seconds", 1}, {"image_url", url}};
    const auto one = [&](Json more) {
        Json keyframe = good;
        keyframe.update(more);
        return wrong({{"keyframes", {keyframe}}});
    };
    EXPECT_EQ(wrong({{"keyframes", "a.png"}}), "keyframes");
    EXPECT_EQ(wrong({{"keyframes", Json::array()}}), "keyframes");
    EXPECT_EQ(wrong({{"keyframes", {{"0", good}}}}), "keyframes");
    EXPECT_EQ(wrong({{"keyframes", Json(17, good)}}), "keyframes");
    EXPECT_EQ(wrong({{"keyframes", {7}}}), "keyframes[0]");
    EXPECT_EQ(wrong({{"keyframes", {{{"image_url", url}}}}}), "keyframes[0].seconds");
    EXPECT_EQ(one({{"seconds", -0.1}}), "keyframes[0].seconds");
    EXPECT_EQ(one({{"seconds", 2}}), "keyframes[0].seconds");  // the film ends there
    EXPECT_EQ(one({{"seconds", 1e300}}), "keyframes[0].seconds");
    EXPECT_EQ(one({{"strength", 0}}), "keyframes[0].strength");
    EXPECT_EQ(one({{"strength", 1.01}}), "keyframes[0].strength");
    EXPECT_EQ(one({{"strength", "much"}}), "keyframes[0].strength");
    EXPECT_EQ(one({{"seconds", "1s"}}), "keyframes[0].seconds");
    EXPECT_EQ(one({{"seconds", "nan"}}), "keyframes[0].seconds");
    EXPECT_EQ(one({{"seconds", true}}), "keyframes[0].seconds");
    EXPECT_EQ(one({{"path", "/etc/passwd"}}), "keyframes[0].path");
    EXPECT_EQ(one({{"image_url", 7}}), "keyframes[0].image_url");
    EXPECT_EQ(one({{"image_url", "file:///etc/passwd"}}), "keyframes[0].image_url");
    EXPECT_EQ(one({{"image_url", "http://127.0.0.1/a.png"}}), "keyframes[0].image_url");
    EXPECT_EQ(one({{"image_url", "data:image/png;base64,????"}}), "keyframes[0].image_url");
    EXPECT_EQ(one({{"image_url", data_url("I am text.")}}), "keyframes[0]");
    EXPECT_EQ(one({{"file_id", "file-none"}}), "keyframes[0]");  // two pictures
    EXPECT_EQ(one({{"image", url}}), "keyframes[0].image");
    EXPECT_EQ(wrong({{"keyframes", {{{"seconds", 1}}}}}), "keyframes[0]");
    EXPECT_EQ(wrong({{"keyframes", {good, good}}}), "keyframes[1].seconds");
    EXPECT_EQ(wrong({{"keyframes", {{{"seconds", 0}, {"image_url", url}}}},
                     {"input_reference", {{"image_url", url}}}}),
              "keyframes[0].seconds");
}

TEST_F(NeuralFields, NothingIsStoredOfKeyframesThatAreRefused) {
    const std::string bytes = png('x');
    EXPECT_EQ(wrong({{"keyframes",
                      {{{"seconds", 0}, {"image_url", data_url(bytes)}},
                       {{"seconds", 99}, {"image_url", data_url(bytes)}}}}}),
              "keyframes[1].seconds");
    EXPECT_FALSE(take(app_.blobs->size(sha256_hex(bytes))));
}

TEST_F(NeuralFields, FilesOfAFormAreChecked) {
    const std::string a = "@" + png();
    EXPECT_EQ(wrong_form({{"keyframes", a}}), "keyframes");
    EXPECT_EQ(wrong_form({{"keyframes", "[1"}}), "keyframes");
    EXPECT_EQ(wrong_form({{"keyframes[1][seconds]", "1"}, {"keyframes[1][image]", a}}),
              "keyframes");
    EXPECT_EQ(wrong_form({{"keyframes[00][seconds]", "1"}, {"keyframes[00][image]", a}}),
              "keyframes");
    EXPECT_EQ(wrong_form({{"keyframes[0][seconds]", a}, {"keyframes[0][image]", a}}),
              "keyframes[0].seconds");
    EXPECT_EQ(wrong_form({{"keyframes[0][seconds]", "1"}, {"keyframes[0][image_url]", a}}),
              "keyframes[0].image_url");
    EXPECT_EQ(wrong_form({{"keyframes[0][seconds]", "1"}, {"keyframes[0][image]", "a.png"}}),
              "keyframes[0].image");
    EXPECT_EQ(wrong_form({{"keyframes[0][seconds]", "1"}, {"keyframes[0][image]", "@I am text."}}),
              "keyframes[0].image");
    EXPECT_EQ(wrong_form({{"keyframes[0][image]", a}, {"keyframes[0][image]", a}}),
              "keyframes[0][image]");
    EXPECT_EQ(wrong_form({{"keyframes[0][seconds]", "1"}, {"keyframes[0][image][0]", a}}),
              "keyframes[0].image");
    EXPECT_EQ(wrong_form({{"keyframes[0", a}}), "keyframes[0");
    EXPECT_EQ(wrong_form({{"input_reference[image]", a}}), "input_reference.image");
}

// Of the input `name`, which the payload names too.
std::string hash_of(const std::string& name, Answer<std::vector<NewVideo>> made) {
    EXPECT_TRUE(made.ok()) << made.error().message;
    if (!made.ok()) return "";
    EXPECT_EQ(made->front().payload.at(name), name);
    EXPECT_EQ(made->front().inputs.back().name, name);
    return made->front().inputs.back().blob.sha256;
}

TEST_F(NeuralFields, AReferenceIsOneOfFourThings) {
    const std::string own = video(me_.project_id, true);
    EXPECT_EQ(hash_of("reference", create(with({{"reference", {{"id", own}}}}))),
              sha256_hex("a film"));
    const std::string id = file(me_.project_id, "a clip");
    EXPECT_EQ(hash_of("reference", create(with({{"reference", {{"file_id", id}}}}))),
              sha256_hex("a clip"));
    EXPECT_EQ(hash_of("reference", create(with({{"reference", {{"image_url", data_url(png())}}}}))),
              sha256_hex(png()));
    http::Request request = form({{"reference", "@another clip"}});
    EXPECT_EQ(hash_of("reference", create(request)), sha256_hex("another clip"));
    http::Request by_id = form({{"reference[id]", own}, {"control", "first-frame"}});
    EXPECT_EQ(hash_of("reference", create(by_id)), sha256_hex("a film"));
}

TEST_F(NeuralFields, AReferenceIsChecked) {
    EXPECT_EQ(wrong({{"reference", "a.mp4"}}), "reference");
    EXPECT_EQ(wrong({{"reference", Json::object()}}), "reference");
    EXPECT_EQ(wrong({{"reference", {{"id", "a"}, {"file_id", "b"}}}}), "reference");
    EXPECT_EQ(wrong({{"reference", {{"id", 7}}}}), "reference.id");
    EXPECT_EQ(wrong({{"reference", {{"id", "video_none"}}}}), "reference.id");
    EXPECT_EQ(wrong({{"reference", {{"id", video(me_.project_id, false)}}}}), "reference.id");
    EXPECT_EQ(wrong({{"reference", {{"file_id", 7}}}}), "reference.file_id");
    EXPECT_EQ(wrong({{"reference", {{"image_url", data_url("I am text.")}}}}), "reference");
    EXPECT_EQ(wrong({{"reference", {{"path", "/etc/passwd"}}}}), "reference.path");
    EXPECT_EQ(wrong({{"reference", {{"id", "x"}}}, {"control", "depth"}}), "reference");
    EXPECT_EQ(wrong_form({{"reference", "a.mp4"}}), "reference");
    EXPECT_EQ(wrong_form({{"reference", "@"}}), "reference");
    EXPECT_EQ(wrong_form({{"reference", "@x"}, {"reference[id]", "y"}}), "reference");
}

TEST_F(NeuralFields, ASoundIsOneOfThreeThingsAndIsChecked) {
    const std::string own = video(me_.project_id, true);
    EXPECT_EQ(hash_of("sound", create(with({{"sound", {{"id", own}}}, {"control", "depth"}}))),
              sha256_hex("a film"));
    const std::string id = file(me_.project_id, "a song");
    EXPECT_EQ(hash_of("sound", create(with({{"sound", {{"file_id", id}}}}))), sha256_hex("a song"));
    http::Request request = form({{"sound", "@another song"}, {"reference[id]", own}});
    EXPECT_EQ(hash_of("sound", create(request)), sha256_hex("another song"));

    EXPECT_EQ(wrong({{"sound", "a.wav"}}), "sound");
    EXPECT_EQ(wrong({{"sound", Json::object()}}), "sound");
    EXPECT_EQ(wrong({{"sound", {{"id", "a"}, {"file_id", "b"}}}}), "sound");
    EXPECT_EQ(wrong({{"sound", {{"id", 7}}}}), "sound.id");
    EXPECT_EQ(wrong({{"sound", {{"id", video(me_.project_id, false)}}}}), "sound.id");
    EXPECT_EQ(wrong({{"sound", {{"file_id", file(me_.project_id + 1, "x")}}}}), "sound.file_id");
    EXPECT_EQ(wrong({{"sound", {{"image_url", data_url(png())}}}}), "sound.image_url");
    EXPECT_EQ(wrong_form({{"sound", "@"}}), "sound");
    EXPECT_EQ(wrong_form({{"sound", "@x"}, {"sound[id]", "y"}}), "sound");
}

TEST_F(NeuralFields, FilesOfOthersAreNotThere) {
    const std::string theirs = file(me_.project_id + 1, png());
    EXPECT_EQ(wrong({{"keyframes", {{{"seconds", 1}, {"file_id", theirs}}}}}),
              "keyframes[0].file_id");
    EXPECT_EQ(wrong({{"reference", {{"file_id", theirs}}}}), "reference.file_id");
    const std::string film = video(me_.project_id, true);
    me_.project_id += 1;
    EXPECT_EQ(wrong({{"reference", {{"id", film}}}}), "reference.id");
}

TEST_F(NeuralFields, AFilmOfItsOwnLengthCountsAsTheLongestItMayBecome) {
    auto one = create(with({{"seconds", "auto"}, {"decoder", "diffusion"}}));
    ASSERT_TRUE(one.ok()) << one.error().message;
    EXPECT_EQ(one->front().seconds, "auto");
    EXPECT_EQ(one->front().payload.at("own_length"), true);
    EXPECT_EQ(one->front().payload.at("seconds"), 20.0);
    EXPECT_EQ(one->front().payload.at("decoder"), "diffusion");
    EXPECT_EQ(one->front().payload.at("most_seconds"), app_.config.most_seconds);
    Json body = with({{"seconds", "auto"}, {"shots", {{{"prompt", "a"}}, {{"prompt", "b"}}}}});
    auto two = create(body);
    ASSERT_TRUE(two.ok()) << two.error().message;
    EXPECT_EQ(two->front().payload.at("seconds"), 40.0);
    body["shots"][1]["seconds"] = 3;
    EXPECT_EQ(param_of(create(body)), "shots[1].seconds");
    EXPECT_EQ(wrong({{"seconds", "AUTO"}}), "seconds");
    EXPECT_EQ(wrong({{"decoder", "dream"}}), "decoder");
    EXPECT_EQ(wrong({{"decoder", 1}}), "decoder");
    EXPECT_FALSE(create(with(Json::object()))->front().payload.contains("own_length"));
    app_.config.strict_openai = true;
    EXPECT_EQ(wrong({{"seconds", "auto"}, {"size", "1280x720"}}), "seconds");
}

TEST_F(NeuralFields, TheWorldListensToNoneOfIt) {
    const Json keyframe = {{"seconds", 1}, {"image_url", data_url(png())}};
    const Json asked = {{"keyframes", {keyframe}},
                        {"reference", {{"id", "x"}}},
                        {"sound", {{"id", "x"}}},
                        {"decoder", "conv"},
                        {"seconds", "auto"}};
    for (const auto& [name, value] : asked.items()) {
        const auto answer = create(with({{"model", "world-1"}, {name, value}}));
        EXPECT_EQ(param_of(answer), name);
        EXPECT_NE(answer.error().message.find("neural engine"), std::string::npos);
    }
}

// The hash of a request covers its files, though the fields have taken them by then.
TEST_F(NeuralFields, AnotherPictureIsAnotherRequest) {
    const auto hash = [&](const std::string& bytes) {
        http::Request request = form({{"input_reference", "@" + bytes}});
        request.headers.push_back({"Idempotency-Key", "k"});
        EXPECT_TRUE(create(request).ok());
        Submission submission;
        EXPECT_FALSE(read_idempotency(request, submission));
        return submission.request_hash;
    };
    EXPECT_EQ(hash(png('a')), hash(png('a')));
    EXPECT_NE(hash(png('a')), hash(png('b')));
}

}  // namespace
}  // namespace server
