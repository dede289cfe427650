import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import registry.models.fields
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    """Companies' quarterly reports, and their table among those that can be imported."""

    dependencies = [
        ('registry', '0011_import_batches'),
    ]

    operations = [
        migrations.CreateModel(
            name='OperatingReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='phiên bản')),
                ('updated_at', models.DateTimeField(editable=False, verbose_name='cập nhật lúc')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='mã')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1987), django.core.validators.MaxValueValidator(2200)], verbose_name='năm')),
                ('quarter', models.PositiveSmallIntegerField(choices=[(1, 'I'), (2, 'II'), (3, 'III'), (4, 'IV')], verbose_name='quý')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='ngày nhận báo cáo')),
                ('contributed_domestic_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='vốn góp, phía Việt Nam (USD)')),
                ('contributed_foreign_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='vốn góp, phía nước ngoài (USD)')),
                ('loans_domestic_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='vốn vay trong nước (USD)')),
                ('loans_parent_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='vốn vay công ty mẹ (USD)')),
                ('loans_foreign_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='vốn vay nước ngoài khác (USD)')),
                ('reinvested_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='lợi nhuận tái đầu tư (USD)')),
                ('realised_usd', registry.models.fields.HundredthsField(verbose_name='vốn thực hiện trong quý (USD)')),
                ('realised_foreign_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='vốn thực hiện từ nước ngoài (USD)')),
                ('realised_year_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='vốn thực hiện lũy kế từ đầu năm (USD)')),
                ('realised_since_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='vốn thực hiện lũy kế từ khi cấp GCNĐKĐT (USD)')),
                ('revenue_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='doanh thu thuần (USD)')),
                ('export_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='xuất khẩu (USD)')),
                ('import_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='nhập khẩu (USD)')),
                ('workers_vietnamese', models.PositiveIntegerField(blank=True, null=True, verbose_name='lao động Việt Nam')),
                ('workers_foreign', models.PositiveIntegerField(blank=True, null=True, verbose_name='lao động nước ngoài')),
                ('electricity_kwh', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='điện (kWh)')),
                ('coal_tonnes', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='than (tấn)')),
                ('oil_litres', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='dầu (lít)')),
                ('gas_m3', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='khí LNG (m³)')),
                ('energy_other', models.CharField(blank=True, default='', max_length=300, verbose_name='năng lượng khác')),
                ('taxes_usd', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='thuế và nộp ngân sách (USD)')),
                ('land_m2', registry.models.fields.HundredthsField(blank=True, null=True, verbose_name='diện tích đất (m²)')),
                ('difficulties', models.TextField(blank=True, default='', verbose_name='khó khăn, kiến nghị')),
                ('state', models.CharField(choices=[('waiting', 'chờ tiếp nhận'), ('accepted', 'đã tiếp nhận'), ('returned', 'yêu cầu chỉnh sửa'), ('withdrawn', 'đã gỡ')], default='waiting', max_length=10, verbose_name='tình trạng')),
                ('difference_explained', models.TextField(blank=True, default='', verbose_name='giải thích chênh lệch lũy kế')),
            ],
            options={
                'verbose_name': 'báo cáo quý',
                'verbose_name_plural': 'báo cáo quý',
            },
        ),
        migrations.RemoveConstraint(
            model_name='importbatch',
            name='batch_table_known',
        ),
        migrations.RemoveConstraint(
            model_name='rowproblem',
            name='row_problem_table_known',
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='table',
            field=models.CharField(choices=[('projects', 'dự án'), ('certificates', 'giấy chứng nhận đăng ký đầu tư'), ('capital-entries', 'bút toán vốn'), ('investors', 'nhà đầu tư'), ('zones', 'khu công nghiệp'), ('zone-observations', 'số liệu quan sát khu công nghiệp'), ('operating-reports', 'báo cáo quý')], max_length=20, verbose_name='bảng'),
        ),
        migrations.AlterField(
            model_name='rowproblem',
            name='table',
            field=models.CharField(choices=[('projects', 'dự án'), ('certificates', 'giấy chứng nhận đăng ký đầu tư'), ('capital-entries', 'bút toán vốn'), ('investors', 'nhà đầu tư'), ('zones', 'khu công nghiệp'), ('zone-observations', 'số liệu quan sát khu công nghiệp'), ('operating-reports', 'báo cáo quý')], max_length=20, verbose_name='bảng'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('table__in', ['projects', 'certificates', 'capital-entries', 'investors', 'zones', 'zone-observations', 'operating-reports'])), name='batch_table_known', violation_error_message='Giá trị không có trong danh mục; chọn một giá trị của danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='rowproblem',
            constraint=models.CheckConstraint(condition=models.Q(('table__in', ['projects', 'certificates', 'capital-entries', 'investors', 'zones', 'zone-observations', 'operating-reports'])), name='row_problem_table_known', violation_error_message='Giá trị không có trong danh mục; chọn một giá trị của danh mục.'),
        ),
        migrations.AddField(
            model_name='operatingreport',
            name='entry',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='report', to='registry.capitalentry', verbose_name='bút toán vốn thực hiện'),
        ),
        migrations.AddField(
            model_name='operatingreport',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='registry.project', verbose_name='dự án'),
        ),
        migrations.AddField(
            model_name='operatingreport',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='registry.source', verbose_name='nguồn'),
        ),
        migrations.AddIndex(
            model_name='operatingreport',
            index=models.Index(fields=['year', 'quarter', 'project'], name='report_by_quarter'),
        ),
        migrations.AddConstraint(
            model_name='operatingreport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'accepted', 'returned', 'withdrawn'])), name='report_state_known', violation_error_message='Giá trị không có trong danh mục; chọn một giá trị của danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='operatingreport',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='report_quarter_of_a_year', violation_error_message='Quý là một số từ 1 đến 4.'),
        ),
        migrations.AddConstraint(
            model_name='operatingreport',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 1987), ('year__lte', 2200)), name='report_year_of_the_calendar', violation_error_message='Năm phải từ 1987 (Luật Đầu tư nước ngoài đầu tiên) đến 2200.'),
        ),
        migrations.AddConstraint(
            model_name='operatingreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contributed_domestic_usd__isnull', True), ('contributed_foreign_usd__isnull', True), ('loans_domestic_usd__isnull', True), ('loans_foreign_usd__isnull', True), ('loans_parent_usd__isnull', True), ('reinvested_usd__isnull', True)), ('realised_usd', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(models.F('contributed_domestic_usd'), models.Value(Decimal('0.00'), output_field=registry.models.fields.HundredthsField())), '+', django.db.models.functions.comparison.Coalesce(models.F('contributed_foreign_usd'), models.Value(Decimal('0.00'), output_field=registry.models.fields.HundredthsField()))), '+', django.db.models.functions.comparison.Coalesce(models.F('loans_domestic_usd'), models.Value(Decimal('0.00'), output_field=registry.models.fields.HundredthsField()))), '+', django.db.models.functions.comparison.Coalesce(models.F('loans_parent_usd'), models.Value(Decimal('0.00'), output_field=registry.models.fields.HundredthsField()))), '+', django.db.models.functions.comparison.Coalesce(models.F('loans_foreign_usd'), models.Value(Decimal('0.00'), output_field=registry.models.fields.HundredthsField()))), '+', django.db.models.functions.comparison.Coalesce(models.F('reinvested_usd'), models.Value(Decimal('0.00'), output_field=registry.models.fields.HundredthsField())))), _connector='OR'), name='report_parts_make_realised', violation_error_message='Vốn thực hiện phải bằng tổng vốn góp, vốn vay và lợi nhuận tái đầu tư; hãy sửa phần sai, hoặc để trống cả các phần nếu báo cáo không nêu.'),
        ),
        migrations.AddConstraint(
            model_name='operatingreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('export_usd__isnull', True), ('export_usd__gte', 0), _connector='OR'), models.Q(('import_usd__isnull', True), ('import_usd__gte', 0), _connector='OR'), models.Q(('electricity_kwh__isnull', True), ('electricity_kwh__gte', 0), _connector='OR'), models.Q(('coal_tonnes__isnull', True), ('coal_tonnes__gte', 0), _connector='OR'), models.Q(('oil_litres__isnull', True), ('oil_litres__gte', 0), _connector='OR'), models.Q(('gas_m3__isnull', True), ('gas_m3__gte', 0), _connector='OR'), models.Q(('land_m2__isnull', True), ('land_m2__gte', 0), _connector='OR')), name='report_quantities_not_negative', violation_error_message='Xuất khẩu, nhập khẩu, năng lượng và diện tích đất không được âm.'),
        ),
        migrations.AddConstraint(
            model_name='operatingreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('source__isnull', False), ('state', 'accepted'), models.Q(('realised_usd', 0), _negated=True)), models.Q(('entry__isnull', True), ('realised_usd', 0), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('entry__isnull', True)), _connector='OR'), name='report_accepted_with_entry', violation_error_message='Báo cáo đã tiếp nhận đi cùng bút toán vốn thực hiện của nó; báo cáo khác thì không có bút toán.'),
        ),
        migrations.AddConstraint(
            model_name='operatingreport',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'accepted', 'returned'))), fields=('project', 'year', 'quarter'), name='report_quarter_once', violation_error_message='Dự án đã có báo cáo của quý này; hãy sửa báo cáo đó.'),
        ),
    ]
