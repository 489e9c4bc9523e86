#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/text/text.h"
#include "neural/text/bpe.h"
#include "neural/text/tokenizer.h"
#include "neural/weights/mapped_file.h"

namespace neural {
namespace {

using Json = nlohmann::json;  // not the ordered kind: a vocabulary has 262,144 keys

struct Replacement {
    std::string from, to;  // from "" = prepend
};

struct AddedToken {
    std::string text;
    int32_t id;
};

enum class Split { None, Merged, MergedWithNext, Isolated, Removed };

const Json* member(const Json& object, const char* key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}
std::string text_of(const Json& object, const char* key) {
    const Json* value = member(object, key);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

size_t character_length(unsigned char lead) {
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

void replace_all(std::string& text, const Replacement& r) {
    if (r.from.empty()) {
        if (!text.empty()) text.insert(0, r.to);
        return;
    }
    std::string out;
    size_t at = 0;
    for (size_t found; (found = text.find(r.from, at)) != std::string::npos;
         at = found + r.from.size()) {
        out.append(text, at, found - at);
        out += r.to;
    }
    out.append(text, at);
    text = std::move(out);
}

class JsonTokenizer final : public Tokenizer {
public:
    static base::Result<std::shared_ptr<const Tokenizer>> parse(std::string_view json,
                                                                const std::string& name) {
        bool deep = false;
        const auto guard = [&](int depth, Json::parse_event_t, Json&) {
            deep = deep || depth > 32;
            return !deep;
        };
        const Json root = Json::parse(json.begin(), json.end(), guard, false);
        if (deep || !root.is_object()) return base::failed("is no JSON object", name);
        auto tokenizer = std::make_shared<JsonTokenizer>();
        tokenizer->name_ = name;
        TRY(tokenizer->read(root));
        return std::shared_ptr<const Tokenizer>(tokenizer);
    }

    int64_t vocabulary_size() const override { return vocabulary_size_; }
    int32_t id_of(std::string_view token) const override {
        const auto found = ids_.find(std::string(token));
        return found == ids_.end() ? -1 : found->second;
    }

    base::Result<std::vector<int32_t>> encode(std::string_view text) const override {
        if (!base::is_valid_utf8(text)) return base::usage_error("the text is not UTF-8");
        std::vector<int32_t> ids;
        size_t plain = 0, at = 0;
        while (at < text.size()) {
            const AddedToken* token = added_at(text, at);
            if (!token) {
                at += character_length(static_cast<unsigned char>(text[at]));
                continue;
            }
            encode_plain(text.substr(plain, at - plain), ids);
            ids.push_back(token->id);
            at += token->text.size();
            plain = at;
        }
        encode_plain(text.substr(plain), ids);
        return ids;
    }

private:
    base::Error wrong(const std::string& what) const {
        return base::failed("cannot be used as a tokenizer: " + what, name_);
    }

    base::Status read(const Json& root) {
        const Json* model = member(root, "model");
        if (!model) return wrong("it has no model");
        const std::string type = text_of(*model, "type");
        if (type != "BPE" && !(type.empty() && member(*model, "merges"))) {
            return wrong("its model is of type \"" + type.substr(0, 40) +
                         "\", only BPE can be read");
        }
        TRY(read_vocabulary(*model));
        TRY(read_merges(*model));
        if (const Json* added = member(root, "added_tokens")) TRY(read_added(*added));
        if (const Json* normalizer = member(root, "normalizer"))
            TRY(read_normalizer(*normalizer, 0));
        if (const Json* pre = member(root, "pre_tokenizer")) TRY(read_pre_tokenizer(*pre));
        const Json* fallback = member(*model, "byte_fallback");
        if (fallback && fallback->is_boolean() && fallback->get<bool>()) {
            static const char* digits = "0123456789ABCDEF";
            for (int b = 0; b < 256; ++b) {
                byte_ids_.push_back(
                    id_of(std::string("<0x") + digits[b / 16] + digits[b % 16] + ">"));
            }
        }
        unknown_ = id_of(text_of(*model, "unk_token"));
        return {};
    }

    base::Status read_id(const Json& value, const std::string& token, int32_t& id) {
        if (!value.is_number_integer() || value.get<int64_t>() < 0 ||
            value.get<int64_t>() > 10'000'000) {
            return wrong("token " + token.substr(0, 60) + " has no id");
        }
        id = static_cast<int32_t>(value.get<int64_t>());
        vocabulary_size_ = std::max<int64_t>(vocabulary_size_, id + 1);
        return {};
    }

    base::Status read_vocabulary(const Json& model) {
        const Json* vocabulary = member(model, "vocab");
        if (!vocabulary || !vocabulary->is_object() || vocabulary->empty())
            return wrong("its vocabulary is missing");
        for (const auto& [token, value] : vocabulary->items())
            TRY(read_id(value, token, ids_[token]));
        return {};
    }

    base::Status read_merges(const Json& model) {
        const Json* merges = member(model, "merges");
        if (!merges || !merges->is_array()) return wrong("its merges are missing");
        for (size_t i = 0; i < merges->size(); ++i) {
            const Json& m = (*merges)[i];
            std::string left, right;
            if (m.is_string()) {  // "left right"
                const auto& both = m.get_ref<const std::string&>();
                const size_t space = both.find(' ');
                if (space != std::string::npos) {
                    left = both.substr(0, space);
                    right = both.substr(space + 1);
                }
            } else if (m.is_array() && m.size() == 2 && m[0].is_string() && m[1].is_string()) {
                left = m[0].get<std::string>();
                right = m[1].get<std::string>();
            }
            const int32_t a = id_of(left), b = id_of(right), merged = id_of(left + right);
            if (left.empty() || right.empty() || a < 0 || b < 0 || merged < 0) {
                return wrong("merge " + std::to_string(i) + " joins tokens that it does not have");
            }
            merges_.add(a, b, merged);
        }
        return {};
    }

    base::Status read_added(const Json& added) {
        if (!added.is_array()) return wrong("added_tokens is no list");
        for (const Json& t : added) {
            const std::string content = text_of(t, "content");
            const Json* id = member(t, "id");
            if (content.empty() || !id) return wrong("an added token lacks content or id");
            AddedToken token{content, 0};
            TRY(read_id(*id, content, token.id));
            ids_[content] = token.id;
            added_[static_cast<unsigned char>(content[0])].push_back(token);
        }
        for (auto& tokens : added_) {  // the longest first
            std::stable_sort(tokens.begin(), tokens.end(),
                             [](const AddedToken& a, const AddedToken& b) {
                                 return a.text.size() > b.text.size();
                             });
        }
        return {};
    }

    base::Status read_normalizer(const Json& n, int depth) {
        const std::string type = text_of(n, "type");
        if (type == "Sequence" && depth < 4) {
            const Json* parts = member(n, "normalizers");
            if (!parts || !parts->is_array()) return wrong("its normalizer is an empty sequence");
            for (const Json& part : *parts) TRY(read_normalizer(part, depth + 1));
            return {};
        }
        if (type == "Prepend") {
            normal_.push_back({"", text_of(n, "prepend")});
            return {};
        }
        const Json* pattern = member(n, "pattern");
        if (type == "Replace" && pattern && !text_of(*pattern, "String").empty()) {
            normal_.push_back({text_of(*pattern, "String"), text_of(n, "content")});
            return {};
        }
        return wrong("its normalizer \"" + type.substr(0, 40) + "\" is not known");
    }

    base::Status read_pre_tokenizer(const Json& p) {
        const std::string type = text_of(p, "type");
        if (type == "Metaspace") {
            const std::string mark = text_of(p, "replacement");
            normal_.push_back({" ", mark});
            const std::string scheme = text_of(p, "prepend_scheme");
            if (scheme == "always" || scheme == "first") normal_.push_back({"", mark});
            return {};
        }
        const Json* pattern = member(p, "pattern");
        if (type == "Split" && pattern && !text_of(*pattern, "String").empty()) {
            separator_ = text_of(*pattern, "String");
            const std::string behaviour = text_of(p, "behavior");
            if (behaviour == "MergedWithPrevious") split_ = Split::Merged;
            if (behaviour == "MergedWithNext") split_ = Split::MergedWithNext;
            if (behaviour == "Isolated") split_ = Split::Isolated;
            if (behaviour == "Removed") split_ = Split::Removed;
            if (split_ != Split::None) return {};
        }
        return wrong("its pre-tokenizer \"" + type.substr(0, 40) + "\" is not known");
    }

    const AddedToken* added_at(std::string_view text, size_t at) const {
        for (const AddedToken& t : added_[static_cast<unsigned char>(text[at])]) {
            if (text.substr(at, t.text.size()) == t.text) return &t;
        }
        return nullptr;
    }

    void encode_plain(std::string_view piece, std::vector<int32_t>& ids) const {
        if (piece.empty()) return;
        std::string text(piece);
        for (const Replacement& r : normal_) replace_all(text, r);
        if (split_ == Split::None) return encode_word(text, ids);
        size_t begin = 0;
        for (size_t found; (found = text.find(separator_, begin)) != std::string::npos;) {
            const size_t after = found + separator_.size();
            switch (split_) {
                case Split::Merged: encode_word(text.substr(begin, after - begin), ids); break;
                case Split::Isolated:
                    encode_word(text.substr(begin, found - begin), ids);
                    encode_word(separator_, ids);
                    break;
                case Split::MergedWithNext: {
                    encode_word(text.substr(begin, found - begin), ids);
                    const size_t next = std::min(text.find(separator_, after), text.size());
                    encode_word(text.substr(found, next - found), ids);
                    begin = next;
                    continue;
                }
                default: encode_word(text.substr(begin, found - begin), ids);
            }
            begin = after;
        }
        encode_word(text.substr(begin), ids);
    }

    void encode_word(const std::string& word, std::vector<int32_t>& ids) const {
        std::vector<int32_t> symbols;
        bool was_unknown = false;
        for (size_t at = 0; at < word.size();) {
            const size_t length = character_length(static_cast<unsigned char>(word[at]));
            const int32_t id = id_of(std::string_view(word).substr(at, length));
            if (id >= 0) {
                symbols.push_back(id);
                was_unknown = false;
            } else if (!fall_back(word, at, length, symbols)) {
                if (!was_unknown && unknown_ >= 0)
                    symbols.push_back(unknown_);  // a run of unknowns is one
                was_unknown = true;
            }
            at += length;
        }
        merges_.apply(symbols);
        ids.insert(ids.end(), symbols.begin(), symbols.end());
    }

    bool fall_back(const std::string& word, size_t at, size_t length,
                   std::vector<int32_t>& symbols) const {
        if (byte_ids_.empty()) return false;
        for (size_t i = 0; i < length; ++i) {
            if (byte_ids_[static_cast<unsigned char>(word[at + i])] < 0) return false;
        }
        for (size_t i = 0; i < length; ++i)
            symbols.push_back(byte_ids_[static_cast<unsigned char>(word[at + i])]);
        return true;
    }

    std::string name_;
    std::unordered_map<std::string, int32_t> ids_;
    int64_t vocabulary_size_ = 0;
    MergeTable merges_;
    std::vector<AddedToken> added_[256];  // by first byte
    std::vector<Replacement> normal_;
    std::string separator_;
    Split split_ = Split::None;
    std::vector<int32_t> byte_ids_;  // empty: no byte fallback
    int32_t unknown_ = -1;
};

}  // namespace

base::Result<std::shared_ptr<const Tokenizer>> parse_tokenizer_json(std::string_view json,
                                                                    const std::string& name) {
    return JsonTokenizer::parse(json, name);
}

base::Result<std::shared_ptr<const Tokenizer>> read_tokenizer_json(const std::string& path) {
    const MappedFile file = TRY(map_file(path));
    return JsonTokenizer::parse({reinterpret_cast<const char*>(file.bytes.get()), file.size}, path);
}

}  // namespace neural
