#include "neural/catalogue/store.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/json/json.h"
#include "neural/weights/part_file.h"

namespace neural {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDescription = "aozora-model.json";
constexpr uintmax_t kLongestDescription = 4 << 20;

std::string text_of(const base::Json& object, const char* key) {
    return object.contains(key) && object[key].is_string() ? object[key].get<std::string>()
                                                           : std::string();
}

bool stays_inside(const std::string& path) {
    const fs::path p(path);
    return !path.empty() && p.is_relative() &&
           std::ranges::none_of(p, [](const fs::path& part) { return part == ".."; });
}

base::Result<InstalledModel> read_model(const fs::path& folder) {
    const fs::path path = folder / kDescription;
    std::error_code error;
    const uintmax_t size = fs::file_size(path, error);
    if (error || size > kLongestDescription)
        return base::failed("is no description of a model", path.string());
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const base::Json json = TRY(base::parse_json(text, path.string()));
    InstalledModel model;
    model.folder = folder.string();
    if (!json.is_object() || !json.contains("files") || !json["files"].is_array())
        return base::failed("is no description of a model", path.string());
    model.id = folder.filename().string();
    model.title = text_of(json, "title");
    model.licence = text_of(json, "licence");
    for (const base::Json& each : json["files"]) {
        InstalledFile f;
        if (!each.is_object()) return base::failed("is no description of a model", path.string());
        f.part = text_of(each, "part");
        f.path = text_of(each, "path");
        f.origin = text_of(each, "origin");
        f.commit = text_of(each, "commit");
        f.sha256 = text_of(each, "sha256");
        if (each.contains("bytes") && each["bytes"].is_number_unsigned())
            f.bytes = each["bytes"].get<uint64_t>();
        if (!stays_inside(f.path))
            return base::failed("names a file outside its folder: " + f.path, path.string());
        model.files.push_back(f);
    }
    return model;
}

}  // namespace

uint64_t InstalledModel::bytes() const {
    uint64_t sum = 0;
    for (const InstalledFile& f : files) sum += f.bytes;
    return sum;
}

base::Result<std::string> InstalledModel::file(const std::string& part) const {
    std::string parts;
    for (const InstalledFile& f : files) {
        if (f.part == part) return (fs::path(folder) / f.path).string();
        parts += (parts.empty() ? "" : ", ") + f.part;
    }
    return base::Error{base::ErrorKind::NotFound, "has no " + part + ", only " + parts, folder};
}

std::string models_folder() {
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    if (const std::string own = variable("AOZORA_MODELS"); !own.empty()) return own;
    const std::string data = variable("XDG_DATA_HOME");
    const fs::path base =
        data.empty() ? fs::path(variable("HOME")) / ".local" / "share" : fs::path(data);
    return (base / "aozora" / "models").string();
}

std::vector<InstalledModel> installed_models(const std::string& folder) {
    std::vector<InstalledModel> models;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (!is_model_id(it->path().filename().string())) continue;
        auto model = read_model(it->path());
        if (model.ok()) models.push_back(std::move(*model));
    }
    std::ranges::sort(models, {}, &InstalledModel::id);
    return models;
}

base::Result<InstalledModel> find_installed(const std::string& folder, const std::string& id) {
    const base::Error missing{base::ErrorKind::NotFound,
                              "the model " + id + " is not installed; aozora pull " + id +
                                  " fetches it, aozora models lists what there is",
                              folder};
    std::error_code error;
    if (!is_model_id(id) || !fs::exists(fs::path(folder) / id / kDescription, error))
        return missing;
    return read_model(fs::path(folder) / id);
}

base::Status describe_model(const InstalledModel& model) {
    base::Json json = {{"id", model.id}, {"title", model.title}, {"licence", model.licence}};
    json["files"] = base::Json::array();
    for (const InstalledFile& f : model.files) {
        json["files"].push_back({{"part", f.part},
                                 {"path", f.path},
                                 {"origin", f.origin},
                                 {"commit", f.commit},
                                 {"sha256", f.sha256},
                                 {"bytes", f.bytes}});
    }
    const std::string text = json.dump(2, ' ', false, base::Json::error_handler_t::replace) + "\n";
    PartFile file = TRY(PartFile::create((fs::path(model.folder) / kDescription).string()));
    TRY(file.append(text.data(), text.size()));
    return file.commit();
}

}  // namespace neural
