//! The words themselves, in several languages, as tables: for duties, for nothing, for heads of columns, for conditions.
//!
//! All are in folded form, parted by `|`. A stem of more than four signs stands for every word that starts with it, a shorter one for itself.

use super::words::{Duty, Duty::Foreign, Duty::Holds, Duty::Out, Head};
use crate::document::Letter::{Accountable as A, Consulted as C, Informed as I, Responsible as R, Support as S};

/// Stems of words for duties. The longer stem of two that fit decides.
pub(super) const DUTIES: &[(Duty, &str)] = &[
    (
        Holds(R),
        "responsib|responsab|responsavel|perform|execut|ejecut|realisat|realizador|esecut|doer|does the work|\
         realise|realiza|does it|driver|fuhrt aus|fuhrt durch|esegue|durchfuhr|ausfuhr|uitvoer|verantwoordelijk|wykonaw|odpowiedzialn|исполн|виконав|ansvarig|実行|\
         担当|执行|負責|负责",
    ),
    (
        Holds(A),
        "accountab|approv|approb|approuv|aprob|aprueb|aprovad|aprova|autoridad|autorit|entscheid|aanspreekba|genehmig|rechenschaft|gesamtverantwort|redevab|rendicont|\
         responsabile finale|responsable final|eindverantwoordelijk|zatwierdz|rozliczan|nadzoruj|утвержда|\
         подотчет|подотчёт|владелец|затверджу|説明責任|承認|批准|问责|當責",
    ),
    (
        Holds(S),
        "support|soutien|appui|apoyo|soporte|apoio|suporte|unterstutz|mitwirk|ondersteun|wspier|wsparc|\
         assist|поддерж|помога|支援|サポート|支持",
    ),
    (Holds(C), "consult|contribut|konsult|konzult|berat|geraadpleegd|консульт|相談|协商|咨询"),
    (Holds(I), "inform|wird informiert|geinform|poinform|notif|информ|інформ|уведом|報告|通知|情報|知会|告知"),
    (Out, "omit|out of the loop|out of loop"),
    (Foreign, "verif|sign off|signs off|signator|quality review|review|recommend|facilitat"),
];

/// Words that start as one for a duty does and say something else.
pub(super) const NO_DUTIES: &str =
    "responsibilit|responsabilit|responsabilidad|information|contribution|performance|executive|assistant|entscheidung";

/// Words that can be said of R and of A, so that alone they say neither.
pub(super) const EITHER: &str = "verantwortlich|ответствен|відповідальн|責任者|责任人";

/// Cells that say that there is nothing.
pub(super) const NOTHING: &str = "n a|na|none|nil|null|not applicable|not involved|no|keine|kein|entfallt|nicht beteiligt|\
         aucun|neant|sans objet|non applicable|ninguno|ninguna|no aplica|nessuno|non applicabile|nenhum|nao se aplica|nao aplicavel|\
         geen|nvt|n v t|niet van toepassing|brak|nie dotyczy|нет|н д|не участвует|не применимо|неприменимо|なし|該当なし|无|不适用|不涉及|n d";

/// Names that are of no party.
pub(super) const NOBODY: &str = "nobody|no one|noone|niemand|personne|nadie|nessuno|ninguem|nikt|никто|ніхто";

/// Cells that say that nobody knows yet.
pub(super) const OPEN: &str = "tbd|t b d|tbc|t b c|tba|t b a|tbn|todo|open|to be defined|to be decided|to be confirmed|to be determined|unknown|\
         offen|noch offen|zu klaren|unklar|a definir|a determiner|por definir|da definire|nog te bepalen|do ustalenia|уточняется|\
         не определено|待定|未定";

/// Stems of the words in heads of columns.
pub(super) const HEADS: &[(Head, &str)] = &[
    (Head::Number, "#|no|nr|num|number|id|ids|ref|wbs|key|№|номер|nummer|numero|lp|番号|编号|序号|n°"),
    (
        Head::Group,
        "phase|stage|group|category|section|area|areas|domain|workstream|stream|epic|module|fase|fases|etapa|\
         etap|etapy|categoria|kategori|bereich|gruppe|domaine|groupe|этап|этапы|фаза|раздел|блок|группа|\
         категория|フェーズ|分類|阶段",
    ),
    (
        Head::Task,
        "task|tasks|activit|action|deliverable|process|prozess|proces|proceso|step|steps|decision|gate|gates|milestone|item|items|\
         function|service|procedure|event|workstream|topic|aufgabe|aktivitat|tatigkeit|leistung|tache|\
         activite|livrable|tarea|actividad|entregable|attivita|compito|tarefa|atividade|taak|activiteit|\
         zadani|czynnosc|aktywnosc|dzialani|задач|активност|действи|работ|процесс|мероприяти|завдання|タスク|作業|\
         業務|活動|任务|活动",
    ),
    (
        Head::Party,
        "role|roles|party|parties|person|people|team|teams|who|stakeholder|actor|owner|assignee|resource|\
         position|member|mitglied|membre|miembro|membro|rolle|rol|ruolo|papel|equipo|equipe|rola|role|osoba|роль|роли|ролей|участник|\
         команда|сотрудник|должность|役割|担当者|角色",
    ),
    (
        Head::Within,
        "sla|deadline|due|bis|within|timing|time limit|response time|frist|termin|delai|echeance|plazo|scadenza|\
         tempi|prazo|срок|期限|when",
    ),
    (
        Head::Note,
        "note|notes|comment|remark|description|detail|definition|meaning|signification|significado|significato|bedeutung|значение|含义|意味|bemerkung|anmerkung|hinweis|kommentar|beschreibung|\
         remarque|commentaire|descripcion|nota|notas|note|observaci|comentario|opis|uwagi|komentarz|описание|\
         примечан|комментар|備考|说明|备注|opmerking|toelichting|descrizione",
    ),
    (
        Head::Letter,
        "raci|rasci|rasic|daci|cairo|letter|assignment|involvement|responsibility|type|value|values|beteiligung|zustandigkeit|verantwortung|r a c i",
    ),
    (
        Head::Code,
        "abbr|abbreviation|code|codes|symbol|sigla|acronym|short|kurzel|abkurz|код|коды|сокращен|символ|\
         skrot|略称|代号|代码",
    ),
];

/// Words that head a legend.
pub(super) const LEGEND: &str = "legend|leyend|key|raci key|symbol|notes|note|обознач|условн|легенда|凡例|图例";

/// Words with which a condition starts.
pub(super) const CONDITIONS: &str = "for|if|when|only|unless|until|in case|during|after|before|falls|bei|wenn|nur|fur|si|pour|quand|\
         seulement|cuando|solo|para|se|per|quando|voor|als|alleen|jesli|dla|gdy|tylko|для|если|при|когда|\
         только|або|или|or";

/// Properties of tasks.
pub(super) const PROPERTIES: &str = "priority|prio|prioritat|priorite|prioridad|prioridade|приоритет|status|state|statut|estado|статус|\
     severity|criticality|class|classification|level|tier|rag|rating|grade|size|effort|complexity|impact|likelihood|probability|\
     aufwand|frequency|version";

/// Heads over names, whatever they are of.
pub(super) const NAMES: &str = "name|names|full name|nom|nombre|nome|naam|imie i nazwisko|имя|фио|姓名|氏名";
