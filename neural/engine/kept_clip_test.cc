// A film that is stopped and made anew goes on where it was.
#include "neural/engine/kept_clip.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/core/sha256.h"
#include "neural/engine/segments.h"

using namespace neural;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
    Folder() {
        path_ = ::testing::TempDir() + "/kept-" +
                ::testing::UnitTest::GetInstance()->current_test_info()->name();
        fs::remove_all(path_);
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

FilmPlan plan_of(const std::string& model) {
    FilmPlan plan;
    plan.shots = {{"a red ball", 1.0, false}, {"a blue ball", 0.5, true}};
    plan.width_px = 90;
    plan.height_px = 58;
    plan.fps = 12;
    plan.steps = model == "tiny-wan" ? 4 : 3;
    return plan;
}

struct Try {
    std::string hash;  // of pictures and sound, "" when it was stopped
    int steps = 0;     // that were computed
};

// Stopped once `most` steps are done.
Try make(const std::string& model, const FilmPlan& plan, const std::string& folder, int most) {
    Try one;
    base::CancelToken stop;
    FilmCallbacks callbacks;
    callbacks.cancel = &stop;
    callbacks.keep.folder = folder;
    int part = -1, last = 0;
    callbacks.progress = [&](const FilmProgress& p) {
        if (p.stage != "denoising") return;
        // A part begins by saying after which step it goes on.
        one.steps += p.part == part && p.step == last + 1;
        part = p.part;
        last = p.step;
        if (one.steps >= most) stop.cancel();
    };
    const auto film = (*open_model(model, {}))->film(plan, callbacks);
    base::Sha256 sum;
    while (true) {
        const auto frame = (*film)->frames().next();
        if (!frame.ok()) {
            EXPECT_EQ(frame.error().kind, base::ErrorKind::Cancelled) << frame.error().text();
            return one;
        }
        if (!*frame) break;
        const auto& data = (*frame)->image.data;
        sum.add({reinterpret_cast<const char*>(data.data()), data.size()});
    }
    while (true) {
        const auto block = (*film)->audio().next();
        EXPECT_TRUE(block.ok());
        if (!block.ok() || !*block) break;
        const auto& samples = (*block)->samples;
        sum.add({reinterpret_cast<const char*>(samples.data()), samples.size() * sizeof(float)});
    }
    one.hash = sum.hex();
    return one;
}

constexpr int kNever = 1000;

TEST(KeptClip, AFilmGoesOnAfterItsLastStep) {
    for (const std::string model : {"tiny-wan", "tiny-ltx"}) {
        const FilmPlan plan = plan_of(model);
        const Try whole = make(model, plan, "", kNever);
        ASSERT_FALSE(whole.hash.empty());
        ASSERT_EQ(whole.steps, 2 * plan.steps) << model;
        Folder folder;
        // In the first clip, in the second, and to the end.
        const Try a = make(model, plan, folder.path(), 2);
        const Try b = make(model, plan, folder.path(), plan.steps - 1);
        const Try c = make(model, plan, folder.path(), kNever);
        EXPECT_TRUE(a.hash.empty() && b.hash.empty());
        EXPECT_EQ(a.steps + b.steps + c.steps, whole.steps) << model << " made a step twice";
        EXPECT_EQ(c.hash, whole.hash) << model;
        // All that is kept now is finished.
        const Try again = make(model, plan, folder.path(), kNever);
        EXPECT_EQ(again.steps, 0) << model;
        EXPECT_EQ(again.hash, whole.hash) << model;
    }
}

TEST(KeptClip, AnotherFilmAndDamageBeginAnew) {
    FilmPlan plan = plan_of("tiny-wan");
    plan.shots.pop_back();
    Folder folder;
    const Try whole = make("tiny-wan", plan, folder.path(), kNever);
    const fs::path file = fs::path(folder.path()) / "clip-000.safetensors";
    ASSERT_TRUE(fs::exists(file));
    FilmPlan other = plan;
    other.seed = 2;
    EXPECT_EQ(make("tiny-wan", other, folder.path(), kNever).steps, plan.steps);
    EXPECT_EQ(make("tiny-wan", plan, folder.path(), kNever).steps, plan.steps);
    // One bit of a latent.
    const auto size = fs::file_size(file);
    {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekg(static_cast<std::streamoff>(size) - 3);
        const char byte = static_cast<char>(bytes.get() ^ 1);
        bytes.seekp(static_cast<std::streamoff>(size) - 3);
        bytes.put(byte);
    }
    const Try anew = make("tiny-wan", plan, folder.path(), kNever);
    EXPECT_EQ(anew.steps, plan.steps);
    EXPECT_EQ(anew.hash, whole.hash);
    fs::resize_file(file, size / 2);
    EXPECT_EQ(make("tiny-wan", plan, folder.path(), kNever).hash, whole.hash);
}

TEST(KeptClip, NamesWhatDecidesAFilm) {
    const FilmPlan plan = plan_of("tiny-wan");
    const std::string name = film_name(plan, "model");
    EXPECT_EQ(film_name(plan, "model"), name);
    EXPECT_NE(film_name(plan, "other"), name);
    std::vector<FilmPlan> others(8, plan);
    others[0].shots[1].prompt += "!";
    others[1].shots[0].seconds += 1e-9;
    others[2].shots[1].continues = false;
    others[3].negative_prompt = "fog";
    others[4].fps = 12.5;
    others[5].steps = 5;
    others[6].first_picture = std::make_shared<base::Image8>(4, 4, 3);
    others[7].keyframes = {{0.5, std::make_shared<base::Image8>(4, 4, 3)}};
    for (const FilmPlan& one : others) EXPECT_NE(film_name(one, "model"), name);
    FilmPlan faint = others[7];
    faint.keyframes[0].strength = 0.5;
    EXPECT_NE(film_name(faint, "model"), film_name(others[7], "model"));
}

TEST(KeptClip, AFolderThatIsGoneStopsNoFilm) {
    const FilmPlan plan = plan_of("tiny-wan");
    EXPECT_FALSE(make("tiny-wan", plan, "/no/such/folder", kNever).hash.empty());
}

}  // namespace
