#include "apps/cli/cast.h"

#include <cstdlib>
#include <filesystem>

#include "media/atomic_file.h"
#include "media/decode.h"
#include "media/image_header.h"
#include "media/still.h"
#include "studio/worker/sandbox.h"
#include "studio/worker/traits.h"

namespace apps {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kLooks = 6;  // pictures of a clip, evenly spaced
constexpr int64_t kMostFileBytes = int64_t{1} << 30;

struct TempFolder {
    std::string path = (fs::temp_directory_path() / "aozora-cast-XXXXXX").string();
    TempFolder() {
        if (mkdtemp(path.data()) == nullptr) path.clear();
    }
    ~TempFolder() {
        std::error_code ignored;
        if (!path.empty()) fs::remove_all(path, ignored);
    }
};

base::Result<std::vector<base::Image8>> look_at(const std::string& file) {
    const TempFolder folder;
    if (folder.path.empty()) return base::failed("no temporary folder can be made");
    const std::string bytes = TRY(media::read_file(file, kMostFileBytes));
    const bool still = media::read_image_header(bytes).has_value();
    const std::string safe = folder.path + (still ? "/safe.png" : "/safe.mp4");
    TRY(studio::decode_in_sandbox(studio::Sandbox(),
                                  still ? studio::Untrusted::Picture : studio::Untrusted::Clip,
                                  file, safe, {}, nullptr));
    std::vector<base::Image8> pictures;
    if (still) {
        pictures.push_back(TRY(media::read_image(safe)));
        return pictures;
    }
    const int64_t step = std::max<int64_t>(1, TRY(media::inspect_film(safe)).frame_count / kLooks);
    const auto frames = TRY(media::open_frames(safe));
    for (int64_t i = 0; static_cast<int64_t>(pictures.size()) < kLooks; ++i) {
        auto frame = TRY(frames->next());
        if (!frame) break;
        if (i % step == step / 2) pictures.push_back(std::move(frame->image));
    }
    return pictures;
}

}  // namespace

base::Result<std::vector<studio::JobCharacter>> read_characters(
    const std::vector<std::string>& arguments, const std::string& prompt) {
    std::vector<studio::JobCharacter> characters;
    for (const std::string& argument : arguments) {
        const std::string where = "--character " + argument;
        const size_t equals = argument.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == argument.size())
            return base::usage_error("a character is NAME=FILE, such as Momo=cat.mp4", where);
        const std::string name = argument.substr(0, equals), file = argument.substr(equals + 1);
        if (prompt.find(name) == std::string::npos)
            return base::usage_error("the name \"" + name + "\" must stand in the prompt", where);
        const auto pictures = look_at(file);
        if (!pictures.ok()) {
            return base::Error{base::ErrorKind::Usage, pictures.error().message, file};
        }
        characters.push_back({"", name, studio::traits_json(studio::traits_of(*pictures))});
    }
    return characters;
}

}  // namespace apps
