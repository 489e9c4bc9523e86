#include "studio/film/passes.h"

#include <cstdio>
#include <filesystem>

#include "media/atomic_file.h"
#include "media/still.h"

namespace studio {
namespace {

std::string numbered(const std::string& folder, const char* pass, int64_t frame,
                     const char* ending) {
    char name[64];
    std::snprintf(name, sizeof name, "%s.%05lld.%s", pass, static_cast<long long>(frame), ending);
    return folder + "/" + name;
}

}  // namespace

base::Result<std::unique_ptr<PassWriter>> PassWriter::create(const std::string& folder,
                                                             const script::ShotList&) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return base::failed("cannot make the folder for the passes: " + error.message(), folder);
    auto writer = std::make_unique<PassWriter>();
    writer->folder_ = folder;
    return writer;
}

base::Status PassWriter::write(int64_t frame, const render::Passes& passes) {
    TRY(media::write_exr(passes.depth_m, {"Z"}, numbered(folder_, "depth", frame, "exr")));
    TRY(media::write_exr(passes.normal, {"X", "Y", "Z"},
                         numbered(folder_, "normal", frame, "exr")));
    TRY(media::write_exr(passes.motion_px, {"X", "Y"}, numbered(folder_, "motion", frame, "exr")));
    TRY(media::write_exr(passes.albedo, {"R", "G", "B"},
                         numbered(folder_, "albedo", frame, "exr")));
    // 0 = nothing, n + 1 = body n, 60001 + n = figure n: fits 16 bits.
    base::Image16 ids(passes.body_id.width_px, passes.body_id.height_px, 1);
    for (size_t i = 0; i < ids.data.size(); ++i) {
        const int32_t id = passes.body_id.data[i];
        ids.data[i] = static_cast<uint16_t>(id < 0          ? 0
                                            : id >= 1000000 ? 60001 + (id - 1000000)
                                                            : id + 1);
    }
    return media::write_png16(ids, numbered(folder_, "ids", frame, "png"));
}

base::Status PassWriter::finish() {
    return media::write_file(
        folder_ + "/README.txt",
        "depth  EXR  Z: metres along the view axis, +inf = sky\n"
        "normal EXR  XYZ: world frame, z up\n"
        "motion EXR  XY: pixels, from this frame to where the point was in the frame before\n"
        "albedo EXR  RGB: linear\n"
        "ids    PNG  16 bit: 0 nothing, n + 1 body n of the scene, 60001 + n figure n\n");
}

}  // namespace studio
