"""Tavares Consultoria: four people and ten clients, in Lisbon."""

from models.workflows import WorkCategory
from resolvers.demo.plans import (
    LEAD,
    ClientPlan,
    DaysOff,
    FirmPlan,
    Held,
    LooseTask,
    MoneyPlan,
    PersonPlan,
    PortalPlan,
    ServicePlan,
    StepPlan,
)

_P, _S = PersonPlan, StepPlan
_TEAM = "Consultoria"
_EIGHT = (8.0, 8.0, 8.0, 8.0, 8.0, 0, 0)
_REPORT, _PROCESSES = "Relatório de gestão", "Diagnóstico de processos"
_CLIENTS = """Conservas do Sado, Lda.|Álvaro Pinto; Cortiça Montargil, S.A.|Lurdes Nabais;
Padaria Alfama, Lda.|Rita Sequeira; Hotel Miradouro, Lda.|Jorge Antunes;
Vinhos Serra Alta, S.A.|Teresa Lobo; Têxteis Ave Novo, Lda.|Nuno Faria;
Clínica Boavista, Lda.|Dra. Paula Reis; Azulejos Belém, Lda.|Vasco Melo;
Transportes Tejo, S.A.|Hugo Ramos; Livraria Chiado Velho, Lda.|Clara Moniz"""
TAVARES = FirmPlan(
    "Tavares Consultoria", "PT", "EUR", "pt-PT", "Europe/Lisbon", "tavares.example",
    phone="+351 210 000 ",
    people=(
        _P("Inês Tavares", "owner", "Sócia", _TEAM, 0.66, _EIGHT, joined=130,
           days_off=(DaysOff(-110, -97),)),
        _P("Rui Carvalho", "manager", "Gestor", _TEAM, 0.7, _EIGHT, joined=74,
           days_off=(DaysOff(-82, -74),)),
        _P("Marta Figueira", "staff", "Consultora", _TEAM, 0.74, _EIGHT, joined=41,
           days_off=(DaysOff(-64, -57),)),
        _P("Tiago Brandão", "staff", "Analista", _TEAM, 0.75, _EIGHT, joined=17,
           days_off=(DaysOff(-125, -119), DaysOff(-33, -32, "sickness"))),
    ),
    leads={_TEAM: "Rui Carvalho"},
    reviewers={_TEAM: "Inês Tavares"},
    services=(
        ServicePlan(_REPORT, _TEAM, ("Marta Figueira", "Tiago Brandão"), 1, (10, 28), 25, (
            _S("Recolher os dados", 120),
            _S("Analisar os desvios", 270, notes="Margem, pessoal, energia: por esta ordem."),
            _S("Escrever o relatório", 210),
            _S("Apresentar ao cliente", 60, LEAD)),
            asks_for="os balancetes do mês"),
        ServicePlan(_PROCESSES, _TEAM, ("Tiago Brandão", "Marta Figueira"), 12, (30, 260), 75, (
            _S("Entrevistas", 420),
            _S("Mapa de processos", 600),
            _S("Recomendações", 420),
            _S("Sessão com a gerência", 120, LEAD)),
            asks_for="o organigrama e as instruções de trabalho", reviewed=True),
    ),
    clients=tuple(
        ClientPlan(name, "organisation", (_REPORT,) if number % 2 else (_REPORT, _PROCESSES),
                   person, "Gerente", ((number * 5) % 12 + 1, 28))
        for number, (name, person) in enumerate(
            each.strip().split("|") for each in _CLIENTS.split(";"))
    ),
    related=(),
    held=(
        Held("Hotel Miradouro, Lda.", _REPORT, "overdue", 4, 1, said=(
            (6, "preparer", "O hotel mudou de programa; os dados de agosto vêm em papel."),
            (3, "lead", "Combinei com o Jorge: digitalizam até sexta."))),
        Held("Padaria Alfama, Lda.", _PROCESSES, "waiting", 6, 1, what="as fichas técnicas do pão"),
        Held("Vinhos Serra Alta, S.A.", _REPORT, "waiting", 13, what="os balancetes do mês",
             reminded=True),
        Held("Clínica Boavista, Lda.", _PROCESSES, "review", 2, 2),
        Held("Transportes Tejo, S.A.", _REPORT, "ready", 5),
        Held("Livraria Chiado Velho, Lda.", _REPORT, "planned", 9),
    ),
    loose=(LooseTask("Renovar o seguro profissional", "Inês Tavares", 15),
           LooseTask("Preparar a proposta para os Azulejos Belém", "Rui Carvalho", 5,
                     status=WorkCategory.IN_PROGRESS)),
    advice=("Reunião com a gerência", "Simulação de preços", "Apoio na negociação com o banco",
            "Revisão do orçamento", "Formação no cliente"),
    inside=(("Administração", "Correio e arquivo"), ("Reuniões", "Reunião de equipa"),
            ("Formação", "Formação interna"), ("Desenvolvimento comercial", "Propostas")),
    passing=("Sem surpresas este mês.", "Falta um extrato; ficou como pergunta.",
             "A margem subiu: vale a pena dizer porquê.", "Dados conferidos com a contabilidade."),
    money=MoneyPlan(
        tax_rate=23,
        tax_id=("NIF", "PT 500 000 000"),
        hourly={"owner": 130, "manager": 95, "staff": 70},
        own_rates={"Tiago Brandão": 60, "Padaria Alfama, Lda.": 65},
        billed=("Conservas do Sado, Lda.", "Cortiça Montargil, S.A.", "Padaria Alfama, Lda.",
                "Têxteis Ave Novo, Lda.", "Azulejos Belém, Lda."),
        unpaid="Cortiça Montargil, S.A.",
        written_down=("Têxteis Ave Novo, Lda.", "O primeiro mapa saiu com as margens trocadas"),
        fixed_fee=("Azulejos Belém, Lda.", 450, "Avença acordada de 450 € por mês"),
        credited=("Conservas do Sado, Lda.", "Sessão cobrada que não se realizou"),
    ),
    templates=(_REPORT, _PROCESSES),
    returning=("Hotel Miradouro, Lda.", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    portal=PortalPlan(
        "Padaria Alfama, Lda.",
        before=("A farinha subiu outra vez?", "Subiu seis por cento; o preço do pão ainda não."),
        now=("Quem fecha o forno ao domingo?", "O Zé, e leva a chave."),
        talk=("Falta-nos a fatura do forno novo. Pode enviá-la?",
              "Está com o fornecedor; peço-lha amanhã.",
              "Obrigada, sem ela não podemos entregar o IVA."),
        papers=((320, "Contrato de serviços.pdf", "Contrato de prestação de serviços"),
                (180, "Balancete.pdf", "Balancete"),
                (30, "Mapa de IVA.pdf", "Mapa de IVA"))),
)  # fmt: skip
